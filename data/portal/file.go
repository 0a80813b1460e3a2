package portal

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"consign/data/disk"
	"consign/model"
)

// Purpose is what a file is for at the portal.
type Purpose string

// The purposes. They stand in the names of files.
const (
	Upload Purpose = "upload"
	Delete Purpose = "delete"
)

// Save writes the files for the batches into folder, as the format says, and returns their paths in order; each batch gets the names of its
// own. Files that belong together appear all or not at all: all of a format for several customers, else those of each customer.
func Save(ctx context.Context, folder string, purpose Purpose, f Format, batches []Batch, s Settings) (paths []string, err error) {
	if f.Several || len(batches) == 0 {
		return f.save(ctx, folder, purpose, batches, s)
	}
	for i := range batches {
		more, err := f.save(ctx, folder, purpose, batches[i:i+1], s)
		if paths = append(paths, more...); err != nil {
			return paths, err
		}
	}
	return paths, nil
}

// nameOf is the name of the files for the batches, without their numbers and ending.
func (f *Format) nameOf(purpose Purpose, batches []Batch) string {
	if len(batches) > 1 {
		return fileName(f.Begin, string(purpose), strconv.Itoa(len(batches)), "customers")
	}
	return fileName(f.Begin, string(purpose), batches[0].CompanyName, batches[0].CustomerID, batches[0].OrderNumber)
}

// save writes as many files as the largest batch needs.
func (f *Format) save(ctx context.Context, folder string, purpose Purpose, batches []Batch, s Settings) (paths []string, err error) {
	parts := 0
	for i := range batches {
		batches[i].Files = nil
		if err := batches[i].check(); err != nil {
			return nil, err
		}
		if err := f.Check(&batches[i]); err != nil {
			return nil, err
		}
		parts = max(parts, (len(batches[i].Devices)+f.Most-1)/f.Most)
	}
	if parts == 0 {
		return nil, model.Fail(model.Invalid, "There are no devices to write.")
	}
	var files []*disk.Pending
	defer func() {
		for _, file := range files {
			file.Close()
		}
		if err != nil {
			for _, path := range paths {
				_ = disk.Remove(path)
			}
			paths = nil
		}
	}()
	targets := free(folder, f.nameOf(purpose, batches), parts)
	for part, target := range targets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		file, err := disk.Begin(target, disk.Shared)
		if err != nil {
			return nil, disk.Unwritable(target, err)
		}
		files = append(files, file)
		if err := f.writePart(file, part, batches, s); err != nil {
			return nil, disk.Unwritable(target, err)
		}
	}
	for i, file := range files {
		paths = append(paths, targets[i]) // also when only the flushing of the folder fails
		if err := file.Commit(); err != nil {
			return paths, disk.Unwritable(targets[i], err)
		}
	}
	for i := range batches {
		for _, path := range paths[:(len(batches[i].Devices)+f.Most-1)/f.Most] {
			batches[i].Files = append(batches[i].Files, filepath.Base(path))
		}
	}
	return paths, nil
}

func (f *Format) writePart(file *disk.Pending, part int, batches []Batch, s Settings) error {
	w := bufio.NewWriterSize(file, 64<<10)
	if f.Header != "" {
		w.WriteString(f.Header + "\r\n")
	}
	var line []byte
	for i := range batches {
		devices := batches[i].Devices
		from := min(part*f.Most, len(devices))
		for k := from; k < min(from+f.Most, len(devices)); k++ {
			line = f.Line(line[:0], &batches[i], &devices[k], s)
			w.Write(append(line, "\r\n"...))
		}
	}
	return w.Flush()
}

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
