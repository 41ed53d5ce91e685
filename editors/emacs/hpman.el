;;; hpman.el --- Hyperparameters are symbols -*- lexical-binding: t; -*-

;; Version: 1.0.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))

;;; Commentary:

;; Makes Eglot start hpman's language server in Python buffers:
;;
;;   (load "/path/to/hpman.el")
;;
;; and then M-x eglot, or (add-hook 'python-mode-hook #'eglot-ensure).
;; README.md beside this file says how to have another Python server too.

;;; Code:

(require 'eglot)

(defgroup hpman nil
  "Hyperparameters are symbols."
  :group 'eglot)

(defcustom hpman-server-command '("hpman-lsp")
  "Command line of the language server that Eglot starts.
To have other servers beside it, name a multiplexer here."
  :type '(repeat string))

(defcustom hpman-value-file-modes '(yaml-mode yaml-ts-mode)
  "Major modes of files of values, which the same server looks after.
Of files that `value-files' in pyproject.toml does not name it says nothing.
Set it before this file is loaded; nil leaves such buffers to other servers."
  :type '(repeat symbol))

(defun hpman-server-contact (&optional _interactive _project)
  "Answer Eglot with `hpman-server-command`, as it is when a server is started."
  hpman-server-command)

(add-to-list 'eglot-server-programs
             `((python-mode python-ts-mode ,@hpman-value-file-modes) . hpman-server-contact))

(provide 'hpman)

;;; hpman.el ends here
