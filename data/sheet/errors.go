package sheet

import (
	"errors"
	"io/fs"
	"path/filepath"

	"consign/model"
)

// fault is an error about a file that is read; {{.Name}} in template is the file's name.
func fault(code model.Code, path, template string) *model.Error {
	return model.Fail(code, template, "Name", filepath.Base(path))
}

// unopened says why path could not be opened or read.
func unopened(path string, err error) *model.Error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault(model.NotFound, path, "{{.Name}} is not there any more.").Because(err)
	case errors.Is(err, fs.ErrPermission):
		return fault(model.Unreadable, path, "{{.Name}} may not be read: ask for permission or copy it to your own folder.").Because(err)
	}
	return fault(model.Unreadable, path, "{{.Name}} could not be read. Is it open in another program?").Because(err)
}

// damaged says that the content of path is broken.
func damaged(path string, err error) *model.Error {
	return fault(model.Damaged, path, "{{.Name}} is damaged or incomplete: save it again or ask for it once more.").Because(err)
}

// tooBig says that a limit against harmful files was met.
func tooBig(path string) *model.Error {
	return fault(model.Damaged, path, "{{.Name}} unpacks to more than a device list can hold: it is damaged or made to do harm.")
}
