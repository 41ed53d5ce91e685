;;; emacs_driver.el --- Does in a real Emacs what a user does by hand -*- lexical-binding: t; -*-

;;; Commentary:

;; CONFIGURATION: the file that users load.  PROJECT: the folder with the files.  REPORT: where to write
;; what the user sees.

;;; Code:

(require 'package)
(let ((packages "/usr/share/emacs/site-lisp/elpa"))
  (when (file-directory-p packages)
    (add-to-list 'package-directory-list packages)))
(package-initialize)
(require 'cl-lib)
(require 'json)
(require 'eglot)
(require 'flymake)
(require 'xref)

(unless (require 'yaml-mode nil t)
  (with-temp-file (getenv "REPORT") (insert (json-encode '((missing . "yaml-mode")))))
  (kill-emacs))

(setq eglot-sync-connect 30
      eglot-confirm-server-initiated-edits nil
      eglot-confirm-server-edits nil)

(defvar driver-report nil)

(defun driver-tell (key value)
  "Put VALUE under KEY in the report."
  (push (cons key value) driver-report))

(defun driver-wait (what condition)
  "Wait until CONDITION gives something, and answer that; WHAT is for the error."
  (let ((end (+ (float-time) 30)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or value (error "Waited in vain for %s" what))))

(defun driver-go-to (text)
  "Put point on TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun driver-connect ()
  "Start the server: batch mode runs no hooks, so that `eglot-ensure' would wait forever."
  (apply #'eglot--connect (eglot--guess-contact))
  (driver-wait "the server" #'eglot-current-server)
  (unless eglot--managed-mode (eglot--maybe-activate-editing-mode)))

(defun driver-diagnostics (count)
  "Wait for COUNT diagnostics of this buffer, and answer with their lines and texts."
  (driver-wait (format "%d diagnostics" count)
               (lambda () (= count (length (flymake-diagnostics)))))
  (mapcar (lambda (found)
            `((line . ,(line-number-at-pos (flymake-diagnostic-beg found)))
              (text . ,(flymake-diagnostic-text found))))
          (flymake-diagnostics)))

(defun driver-hover ()
  "Answer with what is shown in the echo area."
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (substring-no-properties (driver-wait "the hover" (lambda () shown)))))

(defun driver-places (items)
  "Answer with the file and line of each of ITEMS."
  (mapcar (lambda (item)
            (let ((place (xref-item-location item)))
              `((file . ,(file-name-nondirectory (xref-location-group place)))
                (line . ,(xref-location-line place)))))
          items))

(defun driver-signal-change ()
  "Send the changes now: batch mode has no idle time."
  (eglot--signal-textDocument/didChange))

(defun driver-definitions ()
  "Answer with where the name at point is defined."
  (driver-places (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))

(defun driver-references ()
  "Answer with where the name at point is used."
  (driver-places (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot))))

(defun driver-save ()
  "Save everything: files that a rename has opened are not the server's, which looks for them at the next save.
Batch mode hears of no file that changes."
  (save-some-buffers t (lambda () (and buffer-file-name (not eglot--managed-mode))))
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when eglot--managed-mode (driver-signal-change))))
  (save-some-buffers t))

(defun driver-diagnose (key)
  "Put the one diagnostic of this buffer under KEY in the report."
  (flymake-mode 1)
  (flymake-start)
  (driver-tell key (driver-diagnostics 1)))

(defun driver-open (name mode)
  "Visit the file NAME of the project, in MODE."
  (find-file (expand-file-name name (getenv "PROJECT")))
  (unless (derived-mode-p mode) (funcall mode)))

(defun driver-rename (new)
  "Rename the name at point to NEW."
  (cl-letf (((symbol-function 'y-or-n-p) #'always)) ; it asks whether files that are not open may be edited
    (eglot-rename new)))

(defun driver-look-at-values ()
  "Look at the value file."
  (driver-open "configs/run.yaml" 'yaml-mode)
  (unless eglot--managed-mode (eglot--maybe-activate-editing-mode))
  (driver-wait "the server in the value file" (lambda () eglot--managed-mode))
  (driver-diagnose 'value-diagnostics)
  (driver-go-to "lr: 5")
  (driver-tell 'value-hover (driver-hover))
  (driver-tell 'definition-of-key (driver-definitions)))

(defun driver-main ()
  "Go through a session."
  (load (getenv "CONFIGURATION") nil t)
  (driver-open "train.py" 'python-mode)
  (driver-connect)
  (driver-diagnose 'diagnostics)
  (driver-go-to "lr\", 1")
  (driver-tell 'hover (driver-hover))
  (driver-tell 'definition-of-default (driver-definitions))
  (driver-tell 'references (driver-references))
  (driver-tell 'completions
               (let ((found (eglot-completion-at-point)))
                 (all-completions "" (nth 2 found))))
  (save-window-excursion (driver-look-at-values))
  (driver-rename "rate")
  (driver-wait "the renamed text" (lambda () (string-match-p "\"rate\", 1" (buffer-string))))
  (with-current-buffer "run.yaml"
    (driver-go-to "rate: 5")
    (driver-tell 'renamed-from-code (buffer-substring-no-properties (point) (line-end-position)))
    (driver-save)
    (driver-wait "what is on disk" (lambda () (= 5 (length (driver-references)))))
    (driver-rename "speed"))
  (driver-wait "the text renamed from the value file" (lambda () (string-match-p "\"speed\", 1" (buffer-string))))
  (save-some-buffers t)
  (goto-char (point-max))
  (insert "_(\"gone\", 0)\n")
  (driver-signal-change)
  (driver-diagnostics 0)
  (driver-tell 'mended t)
  (save-some-buffers t)
  (eglot-shutdown (eglot-current-server) nil 30)
  (driver-tell 'ended t))

(condition-case failure
    (driver-main)
  (error (driver-tell 'failure (format "%S\n%s" failure
                                       (if (eglot-current-server)
                                           (with-current-buffer (jsonrpc-stderr-buffer (eglot-current-server))
                                             (buffer-string))
                                         "no server")))))
(with-temp-file (getenv "REPORT") (insert (json-encode driver-report)))

;;; emacs_driver.el ends here
