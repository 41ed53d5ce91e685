-- Does in a real Neovim what a user does by hand, and writes down what the user sees.
-- PROJECT: the folder with the files; REPORT: where to write.

local report = {}

local function wait(what, condition)
  if not vim.wait(30000, condition, 10) then
    error("waited in vain for " .. what)
  end
end

local function line(buffer, number)
  return vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1]
end

local function put_cursor_on(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search("\\V" .. text, "W") > 0, text)
end

local function floating_window()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return window
    end
  end
end

local function quickfix()
  return vim.tbl_map(function(item)
    return { file = vim.fs.basename(vim.fn.bufname(item.bufnr)), line = item.lnum, column = item.col }
  end, vim.fn.getqflist())
end

local function diagnostics(buffer)
  return vim.tbl_map(function(found)
    return { code = found.code, line = found.lnum + 1, text = found.message }
  end, vim.diagnostic.get(buffer))
end

local function attach(buffer)
  local clients
  wait("the server", function()
    clients = vim.lsp.get_clients({ name = "hpman", bufnr = buffer })
    return clients[1] and clients[1].initialized
  end)
  report.encoding = clients[1].offset_encoding
  report.root = clients[1].root_dir
end

local function hover(text)
  put_cursor_on(text)
  vim.lsp.buf.hover()
  local window
  wait("the hover window", function()
    window = floating_window()
    return window
  end)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  vim.api.nvim_win_close(window, true)
  return lines
end

local function open(name)
  vim.cmd.edit(vim.env.PROJECT .. "/" .. name)
  local buffer = vim.api.nvim_get_current_buf()
  attach(buffer)
  return buffer
end

local function listed(what)
  wait("the quickfix list of " .. what, function()
    return #vim.fn.getqflist() > 0
  end)
  local found = quickfix()
  vim.cmd("cclose | call setqflist([])")
  return found
end

local function value_files(code)
  open("configs/run.json")
  report.json_hover = hover('lr": 6')
  local values = open("configs/run.yaml")
  wait("diagnostics of values", function()
    return #vim.diagnostic.get(values) > 0
  end)
  report.yaml_diagnostics = diagnostics(values)
  report.yaml_hover = hover("lr: 5")
  put_cursor_on("lr: 5")
  vim.lsp.buf.definition()
  wait("the default", function()
    return vim.api.nvim_get_current_buf() == code
  end)
  report.definition_of_key = { file = vim.fs.basename(vim.fn.bufname()), line = vim.fn.line(".") }
  put_cursor_on('lr", 1')
  vim.lsp.buf.definition()
  report.definition_of_default = listed("keys")
  vim.api.nvim_set_current_buf(code)
  return values
end

local function references()
  put_cursor_on('lr", 1')
  vim.lsp.buf.references()
  report.references = listed("references")
end

local function list(buffer)
  vim.cmd("Hpman gone")
  report.list = listed("the workspace")
  vim.api.nvim_set_current_buf(buffer)
end

-- What was not open before the rename is open now and saved, but the server has to see that on disk.
local function wait_for_references(count)
  local client = vim.lsp.get_clients({ name = "hpman" })[1]
  local asked = vim.lsp.util.make_position_params(0, client.offset_encoding)
  asked.context = { includeDeclaration = true }
  wait(count .. " references", function()
    local answer = client:request_sync("textDocument/references", asked, 30000, 0)
    return answer and #(answer.result or {}) == count
  end)
end

local function rename(code, values)
  put_cursor_on('lr", 1')
  vim.lsp.buf.rename("rate")
  wait("the renamed text", function()
    return line(code, 3):find("rate", 1, true) and line(values, 2):find("rate", 1, true)
  end)
  report.renamed_from_code = { line(values, 2), line(code, 3) }
  vim.cmd("silent wall")
  vim.api.nvim_set_current_buf(values)
  put_cursor_on("rate: 5")
  wait_for_references(5)
  vim.lsp.buf.rename("speed")
  wait("the text renamed from the value file", function()
    return line(code, 3):find("speed", 1, true) and line(values, 2):find("speed", 1, true)
  end)
  vim.cmd("silent wall")
  vim.api.nvim_set_current_buf(code)
end

local function mend(buffer)
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { '_("gone", 0)' })
  wait("the diagnostics to go", function()
    return #vim.diagnostic.get(buffer) == 0
  end)
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { '_("speed", 0)' })
  wait("new diagnostics", function()
    return #vim.diagnostic.get(buffer) == 2
  end)
  report.after_edit = diagnostics(buffer)
end

local function act(kind, title)
  vim.lsp.buf.code_action({
    context = { only = { kind } },
    filter = function(action) return action.title:find(title, 1, true) end,
    apply = true,
  })
end

local function actions(buffer)
  put_cursor_on('speed", 0')
  act("quickfix", "Remove this default")
  wait("the diagnostics to go by a quick fix", function()
    return #vim.diagnostic.get(buffer) == 0
  end)
  report.mended = vim.fn.getline("$")
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "depth = 4" })
  put_cursor_on("4")
  act("refactor.extract", "Extract")
  wait("the extracted hyperparameter", function()
    return vim.fn.getline("$") ~= "depth = 4"
  end)
  report.extracted = vim.fn.getline("$")
end

local function stop()
  local client = vim.lsp.get_clients({ name = "hpman" })[1]
  client:stop()
  wait("the server's end", function()
    return client:is_stopped()
  end)
end

local function main()
  local buffer = open("train.py")
  wait("diagnostics", function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  report.diagnostics = diagnostics(buffer)
  report.hover = hover('lr", 1')
  local values = value_files(buffer)
  references()
  list(buffer)
  rename(buffer, values)
  mend(buffer)
  actions(buffer)
  stop()
end

local done, failure = xpcall(main, debug.traceback)
if not done then
  report.failure = failure
end
vim.fn.writefile({ vim.json.encode(report) }, vim.env.REPORT)
vim.cmd("qall!")
