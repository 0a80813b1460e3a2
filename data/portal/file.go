// Package portal writes the files that the Knox portals take and reads the one they give back (domain §7).
package portal

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"consign/data/disk"
	"consign/model"
)

// MostPerFile is how many devices of one customer a file may have (domain §7).
const MostPerFile = 10_000

// Purpose is what a file is for at the portal.
type Purpose string

// The purposes. They begin the names of files.
const (
	Upload Purpose = "upload"
	Delete Purpose = "delete"
)

// DateOrder is how an order date stands in a bulk file (domain §7).
type DateOrder string

// The date orders: as the portals document it, and as a setting can make it.
const (
	YearDayMonth DateOrder = "YYYYDDMM"
	YearMonthDay DateOrder = "YYYYMMDD"
)

// layout is the date order for package time.
func (o DateOrder) layout() string {
	if o == YearMonthDay {
		return "20060102"
	}
	return "20060201"
}

// Device is a line of a file.
type Device struct {
	Identifier  string // normalised: model.Identifiers.First
	OrderNumber string // as the office writes it, or empty; see CleanOrder
	OrderDate   time.Time
}

// Batch are the devices of one customer or MSP.
type Batch struct {
	CustomerID  string // Knox Customer ID or MSP ID
	CompanyName string // for the names of files
	OrderNumber string // for the names of files
	Devices     []Device
}

// SaveList writes the files for one customer into folder: one identifier per line, without a header.
// It returns the paths in their order. All files appear or none.
func SaveList(ctx context.Context, folder string, purpose Purpose, batch Batch) ([]string, error) {
	name := fileName(string(purpose), batch.CompanyName, batch.CustomerID, batch.OrderNumber)
	return save(ctx, folder, name, []Batch{batch}, func(line []byte, _ *Batch, d *Device) []byte {
		return append(line, d.Identifier...)
	}, "")
}

// bulkHeader is the header that the portals document.
const bulkHeader = "Customer ID,Device IMEI/serial number,Order number,Order date\r\n"

// SaveBulk writes the files for several customers into folder. It returns the paths in their order. All files
// appear or none.
func SaveBulk(ctx context.Context, folder string, purpose Purpose, batches []Batch, order DateOrder) ([]string, error) {
	name := fileName("bulk", string(purpose), strconv.Itoa(len(batches)), "customers")
	if len(batches) == 1 {
		name = fileName("bulk", string(purpose), batches[0].CompanyName, batches[0].CustomerID, batches[0].OrderNumber)
	}
	return save(ctx, folder, name, batches, func(line []byte, b *Batch, d *Device) []byte {
		line = append(line, b.CustomerID...)
		line = append(line, ',')
		line = append(line, d.Identifier...)
		line = append(line, ',')
		line = append(line, CleanOrder(d.OrderNumber)...)
		line = append(line, ',')
		if !d.OrderDate.IsZero() {
			line = d.OrderDate.AppendFormat(line, order.layout())
		}
		return line
	}, bulkHeader)
}

// save writes as many files as the largest batch needs.
func save(ctx context.Context, folder, name string, batches []Batch, appendLine func([]byte, *Batch, *Device) []byte,
	header string) (paths []string, err error) {
	parts := 0
	for i := range batches {
		if err := batches[i].check(); err != nil {
			return nil, err
		}
		parts = max(parts, (len(batches[i].Devices)+MostPerFile-1)/MostPerFile)
	}
	if parts == 0 {
		return nil, model.Fail(model.Invalid, "There are no devices to write.")
	}
	var files []*disk.Pending
	defer func() {
		for _, f := range files {
			f.Close()
		}
		if err != nil {
			for _, path := range paths {
				_ = disk.Remove(path)
			}
			paths = nil
		}
	}()
	targets := free(folder, name, parts)
	for part, target := range targets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, err := disk.Begin(target, disk.Shared)
		if err != nil {
			return nil, disk.Unwritable(target, err)
		}
		files = append(files, f)
		if err := writePart(f, part, batches, appendLine, header); err != nil {
			return nil, disk.Unwritable(target, err)
		}
	}
	for i, f := range files {
		paths = append(paths, targets[i]) // also when only the flushing of the folder fails
		if err := f.Commit(); err != nil {
			return paths, disk.Unwritable(targets[i], err)
		}
	}
	return paths, nil
}

func writePart(f *disk.Pending, part int, batches []Batch, appendLine func([]byte, *Batch, *Device) []byte, header string) error {
	w := bufio.NewWriterSize(f, 64<<10)
	w.WriteString(header)
	var line []byte
	for i := range batches {
		devices := batches[i].Devices
		from := min(part*MostPerFile, len(devices))
		for k := from; k < min(from+MostPerFile, len(devices)); k++ {
			line = appendLine(line[:0], &batches[i], &devices[k])
			w.Write(append(line, "\r\n"...))
		}
	}
	return w.Flush()
}

// check is nil for what can stand in a file without quotation marks.
func (b *Batch) check() error {
	for i := range b.Devices {
		d := &b.Devices[i]
		if d.Identifier == "" || strings.ContainsFunc(d.Identifier, notPlain) {
			return model.Fail(model.Invalid, "“{{.Identifier}}” is not a device identifier.", "Identifier", d.Identifier)
		}
		if i > 0 && d.OrderNumber == b.Devices[i-1].OrderNumber {
			continue
		}
		if err := model.CheckOrderNumber(d.OrderNumber); err != nil {
			return err
		}
	}
	if id, _, err := model.ReadKnoxID(b.CustomerID); err != nil {
		return err
	} else if id != b.CustomerID {
		return model.Fail(model.Invalid, "“{{.ID}}” is not a Knox ID: it may hold digits only.", "ID", b.CustomerID)
	}
	return nil
}

func notPlain(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }

// longestName is how many bytes a name may have before its number and ending.
const longestName = 120

// fileName joins what a name tells, as every file system takes it.
func fileName(words ...string) string {
	var told []string
	for _, word := range words {
		word = strings.Trim(strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '&' || r == '-' {
				return r
			}
			return '-'
		}, word), "-")
		for strings.Contains(word, "--") {
			word = strings.ReplaceAll(word, "--", "-")
		}
		if word != "" {
			told = append(told, cut(word, 60))
		}
	}
	return cut(strings.Join(told, "_"), longestName)
}

// cut shortens a text to most bytes without breaking a character.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}

// free finds names in folder that are not taken: name.csv, or name_1-of-3.csv and so on; with a number behind them
// when an earlier file is there.
func free(folder, name string, parts int) []string {
	for again := 1; ; again++ {
		base := name
		if again > 1 {
			base += "_again-" + strconv.Itoa(again)
		}
		paths := make([]string, parts)
		taken := false
		for i := range paths {
			file := base + ".csv"
			if parts > 1 {
				file = base + "_" + strconv.Itoa(i+1) + "-of-" + strconv.Itoa(parts) + ".csv"
			}
			paths[i] = filepath.Join(folder, file)
			if _, err := os.Lstat(paths[i]); err == nil {
				taken = true
			}
		}
		if !taken {
			return paths
		}
	}
}
