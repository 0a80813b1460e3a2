package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"

	"consign/data/engine"
	"consign/model"
)

// fileKind is what stands where a register is looked for.
type fileKind uint8

const (
	nothing  fileKind = iota // no file
	blank                    // an empty file, or a database without a table: a register to be
	register                 // of Consign, sound or not
)

// What a database of SQLite says about itself in its first bytes (sqlite.org/fileformat2.html, 1.3 and 1.6).
const (
	sqliteMagic   = "SQLite format 3\x00"
	applicationAt = 68
	tablesAt      = 103 // how many tables and indexes the first page tells of; 0 if there are none or if it leads to other pages
	pageTypeAt    = 100
	lastPageType  = 13 // the first page tells of them itself
	headerSize    = 108
)

// The write-ahead log (sqlite.org/fileformat2.html, 4.1): a header and then pages, each after a header of its own.
const (
	logHeader   = 32
	logPageHead = 24
	pageSizeAt  = 8
	saltAt      = 16 // of the log; of a page of it 8 later than its beginning
	saltSize    = 8
)

// kindOfFile tells what the file at path is from its bytes alone, and touches neither it nor its folder: SQLite itself would write files
// beside one that it only looks into. Errors: NotRegister, Damaged, Unreadable.
func kindOfFile(path string) (fileKind, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nothing, nil
	case err != nil:
		return nothing, err
	case !info.Mode().IsRegular():
		return nothing, notRegister()
	case info.Size() == 0:
		if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 { // SQLite would remove the log
			return nothing, model.Fail(model.Damaged, "The register is damaged: its file is empty.")
		}
		return blank, nil
	}
	head, err := readHeader(path)
	if err != nil {
		return nothing, err
	}
	if !bytes.HasPrefix(head, []byte(sqliteMagic)) {
		if _, err := os.Stat(path + ".lock"); err == nil { // Consign had it open
			return nothing, model.Fail(model.Damaged, "The register is damaged: its beginning is not that of a register.")
		}
		return nothing, notRegister()
	}
	if isOfConsign(head) {
		return register, checkHeader(head)
	}
	later, err := loggedHeader(path + "-wal")
	switch {
	case err != nil:
		return nothing, err
	case later != nil:
		head = later
	}
	switch {
	case isOfConsign(head):
		return register, nil
	case binary.BigEndian.Uint32(head[applicationAt:]) == 0 && head[pageTypeAt] == lastPageType &&
		binary.BigEndian.Uint16(head[tablesAt:]) == 0:
		return blank, nil
	}
	return nothing, notRegister()
}

// checkHeader looks at what is the same in every register: SQLite takes other values for a newer format, for a database that may not be
// written or for one in another encoding.
func checkHeader(head []byte) error {
	const fixedFractions = "\x40\x20\x20" // sqlite.org/fileformat2.html, 1.3.4
	const schemaFormat, utf8 = 4, 1
	version := func(at int) bool { return head[at] == 1 || head[at] == 2 } // 1: rolls back by a journal, 2: by a log
	if version(18) && version(19) && string(head[21:24]) == fixedFractions && binary.BigEndian.Uint32(head[44:]) == schemaFormat &&
		binary.BigEndian.Uint32(head[56:]) == utf8 {
		return nil
	}
	return engine.Damagedf("header % x", head)
}

func isOfConsign(head []byte) bool {
	return binary.BigEndian.Uint32(head[applicationAt:]) == applicationID
}

// readHeader reads the first bytes of a database; a shorter file is NotRegister.
func readHeader(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	head := make([]byte, headerSize)
	if _, err := io.ReadFull(file, head); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, notRegister()
	} else if err != nil {
		return nil, err
	}
	return head, nil
}

// loggedHeader is the newest beginning of the database that the write-ahead log at path has, nil if it has none: a register that was
// killed on its first day stands there alone.
func loggedHeader(path string) ([]byte, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var log [logHeader]byte
	if _, err := io.ReadFull(file, log[:]); err != nil {
		return nil, nil // shorter than its header: empty
	}
	pageSize := int64(binary.BigEndian.Uint32(log[pageSizeAt:]))
	if pageSize < 512 || pageSize > 65536 {
		return nil, nil
	}
	var head []byte
	for at := int64(logHeader); ; at += logPageHead + pageSize {
		var page [logPageHead + headerSize]byte
		if _, err := file.ReadAt(page[:], at); err != nil {
			return head, nil
		}
		if !bytes.Equal(page[8:8+saltSize], log[saltAt:saltAt+saltSize]) { // of an older log
			return head, nil
		}
		if binary.BigEndian.Uint32(page[:]) == 1 {
			head = bytes.Clone(page[logPageHead:])
		}
	}
}
