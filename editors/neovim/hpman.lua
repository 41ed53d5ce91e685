-- hpman in Neovim 0.11 or newer: hyperparameters are symbols.
-- Copy this file to ~/.config/nvim/plugin/hpman.lua; README.md beside it says more.

vim.lsp.config("hpman", {
  cmd = { "hpman-lsp" },
  -- The latter for files of values and pyproject.toml; of others the server says nothing.
  filetypes = { "python", "yaml", "json", "toml" },
  root_markers = { "pyproject.toml", "setup.py", "setup.cfg", ".git" },
})

-- Names pop up after _(" without a key. Completion plugins do this for every server by themselves.
local function complete_while_typing(client, buffer)
  if package.loaded["cmp"] or package.loaded["blink.cmp"] or package.loaded["mini.completion"] then
    return
  end
  if client:supports_method("textDocument/completion", buffer) then
    vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true })
  end
end

-- :Hpman        every hyperparameter of the workspace, in the quickfix list
-- :Hpman lr     those that match "lr"
local function list(command)
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.get_clients({ name = "hpman", bufnr = buffer })[1]
  client:request("workspace/symbol", { query = command.args }, function(failure, symbols)
    if failure or vim.tbl_isempty(symbols or {}) then
      local reason = failure and failure.message or "no hyperparameter matches"
      vim.notify("hpman: " .. reason, vim.log.levels.WARN)
      return
    end
    -- Not symbols_to_items: up to 0.11 it takes every column for one of the current buffer.
    local locations = vim.tbl_map(function(symbol) return symbol.location end, symbols)
    local items = vim.lsp.util.locations_to_items(locations, client.offset_encoding)
    vim.fn.setqflist({}, " ", { title = "Hyperparameters", items = items })
    vim.cmd("botright copen")
  end, buffer)
end

vim.api.nvim_create_autocmd("LspAttach", {
  group = vim.api.nvim_create_augroup("hpman", {}),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= "hpman" then
      return
    end
    complete_while_typing(client, event.buf)
    vim.api.nvim_buf_create_user_command(event.buf, "Hpman", list, {
      nargs = "?",
      desc = "List hyperparameters, those that match TEXT if it is given",
    })
  end,
})

vim.lsp.enable("hpman")
