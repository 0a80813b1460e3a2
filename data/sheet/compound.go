package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"

	"consign/model"
)

// maxCompound is the longest file, in bytes, that is read of the container of XLS and of Outlook's mails.
const maxCompound = 64 << 20

// openCompound opens an XLS or a mail of Outlook. What is neither, or cannot be opened, is named.
func openCompound(from origin, depth int) (content, error) {
	data, err := from.readAll(maxCompound)
	switch {
	case errors.Is(err, errTooBig):
		return nil, tooBig(from.path)
	case err != nil:
		return nil, unopened(from.path, err)
	}
	if fault := notOpened(data, from.path); fault != nil {
		return nil, fault
	}
	parts, err := streamsOf(data)
	if err != nil {
		return nil, damaged(from.path, err)
	}
	for name, part := range parts {
		if strings.EqualFold(name, "Workbook") {
			return openXLS(from, part)
		}
	}
	if _, ok := parts["__properties_version1.0"]; ok {
		return openOutlook(from, parts, depth)
	}
	return nil, oldXLS(from.path)
}

// notOpened says why a compound file is no table. The names of the parts stand in the container's directory, a chain of sectors
// anywhere in the file.
func notOpened(data []byte, path string) error {
	switch {
	case bytes.Contains(data, utf16Name("EncryptedPackage")):
		return protected(path)
	case bytes.Contains(data, utf16Name("WordDocument")) && !bytes.Contains(data, utf16Name("Workbook")):
		return fault(model.Invalid, path, "{{.Name}} is a text document: copy the lines out of it and paste them.")
	case !bytes.HasPrefix(data, []byte(compoundMagic)), len(data) < 512:
		return oldXLS(path)
	}
	return nil
}

func protected(path string) error {
	return fault(model.Refused, path, "{{.Name}} is protected with a password: open it in your spreadsheet program and save it without one.")
}

// oldXLS names a spreadsheet from before Excel 97, or one that does not keep to the format.
func oldXLS(path string) error {
	return fault(model.Invalid, path, "{{.Name}} is a spreadsheet of the old XLS format: open it in your spreadsheet program, "+
		"choose Save as, and save it as Excel workbook (XLSX).")
}

func utf16Name(name string) []byte {
	var b []byte
	for _, c := range name {
		b = binary.LittleEndian.AppendUint16(b, uint16(c))
	}
	return b
}
