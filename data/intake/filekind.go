package intake

import (
	"context"
	"strings"

	"consign/data/sheet"
)

// FileKind is what a file that somebody opens or drops is for.
type FileKind int

// The kinds of files.
const (
	DeviceList   FileKind = iota // also what nobody can tell: its review says what is the matter
	ErrorReport                  // of a portal: devices with a column "Failure reason" (domain §7)
	AccountsList                 // a directory of accounts
)

// KindOf tells what a file is for by its titles. The file stays open. A file that SaveRejected wrote is a device list: its column is
// called otherwise.
func KindOf(ctx context.Context, file *sheet.File) (FileKind, error) {
	_, sample, err := Find(ctx, file)
	if err != nil {
		return DeviceList, err
	}
	layout := Recognise(sample)
	if layout.Identifies() {
		for _, title := range layout.Titles {
			if strings.EqualFold(strings.TrimSpace(title), "Failure reason") {
				return ErrorReport, nil
			}
		}
		return DeviceList, nil
	}
	if _, _, err := findDirectory(ctx, file); err == nil {
		return AccountsList, nil
	}
	return DeviceList, ctx.Err()
}
