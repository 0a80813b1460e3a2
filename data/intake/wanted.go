package intake

import (
	"context"
	"slices"
	"strings"

	"consign/data/sheet"
	"consign/model"
)

// Wanted is what is looked for in a file. The one recogniser is given it: it says which titles count, and which sheet is the list.
type Wanted uint8

// What may be looked for.
const (
	DeviceList    Wanted = iota // of any shape
	AccountList                 // companies with their Knox IDs (domain §1)
	ErrorReport                 // devices, each with the reason why a portal refused it
	PortalDevices               // the devices that a portal lists
	PortalUploads               // the uploads that a portal lists
	OrderList                   // orders: their number, and what is expected
)

// portalTitles are the names of columns that count only where a portal's own export is wanted, folded.
var portalTitles = map[string]Meaning{}

func init() {
	for meaning, names := range map[Meaning]string{
		Status:   `Status|State|Device status|Upload status|Zustand|Statut|État|Estado|Stato|Stav|상태|状態|ステータス|状态`,
		UploadID: `Upload ID|UploadID|Transaction ID|Upload-ID|ID de chargement|ID de carga|업로드 ID|アップロードID`,
		Uploaded: `Uploaded|Uploaded on|Upload date|Date uploaded|Date of submission|Submission date|Submitted|Last uploaded|Date
			|Hochgeladen|Hochgeladen am
			|Date de chargement|Fecha de carga|업로드 날짜|업로드일|アップロード日`,
		UploadedBy: `Uploaded by|Submitted by|Hochgeladen von|Chargé par|Subido por|업로드한 사람|アップロード者`,
		TotalDevices: `Total devices|Devices|Number of devices|Device count|No. of devices|Geräte
			|Geräte gesamt|Appareils|Dispositivos|기기 수|총 기기|端末数`,
		VerifiedDevices: `Verified devices|Approved devices|Verified
			|Bestätigte Geräte|Verifizierte Geräte|Appareils vérifiés|Dispositivos verificados|확인된 기기`,
		CompanyName: `Company name / Internal reference|Customer|Customer name|Reseller|Reseller name`,
		CustomerID:  `Customer ID/MSP ID`,
		Identifier:  `Device ID|Device|IMEI/MEID/Serial number|IMEI/MEID or serial number`,
	} {
		for _, name := range strings.Split(names, "|") {
			portalTitles[fold(name)] = meaning
		}
	}
}

// fromReseller are the titles that say from whom an MSP has a device, folded. They do not say whose the device is.
var fromReseller = map[string]bool{fold("Reseller"): true, fold("Reseller name"): true, fold("Reseller ID"): true}

// readTitle reads the title of a column where w is wanted.
func (w Wanted) readTitle(text string) title {
	t := readTitle(text)
	if w != PortalDevices && w != PortalUploads {
		return t
	}
	if w == PortalDevices && fromReseller[fold(text)] {
		return title{known: true}
	}
	m, known := portalTitles[fold(text)]
	switch {
	case !known || m == Identifier && w == PortalUploads:
	case m == TotalDevices && w == PortalDevices:
	default:
		return title{meaning: m, known: true, identifier: m == Identifier}
	}
	return t
}

// identifies reports whether devices are wanted.
func (w Wanted) identifies() bool { return w == DeviceList || w == ErrorReport || w == PortalDevices }

// fits reports whether a layout has the columns of what is wanted.
func (w Wanted) fits(l Layout) bool {
	switch w {
	case AccountList:
		return l.Header > 0 && l.Has(CustomerID) && l.Has(CompanyName)
	case ErrorReport:
		return l.Identifies() && l.Has(FailureReason)
	case PortalDevices:
		return l.Header > 0 && l.Identifies()
	case PortalUploads:
		return l.Header > 0 && (l.Has(UploadID) ||
			(l.Has(TotalDevices) || l.Has(VerifiedDevices)) && (l.Has(OrderNumber) || l.Has(Uploaded)))
	case OrderList:
		return l.Header > 0 && l.Has(OrderNumber) && (l.Has(Quantity) || l.Has(Model))
	}
	return l.Identifies()
}

// missing says what a file is not, and which columns it would need.
func (w Wanted) missing() *model.Error {
	switch w {
	case AccountList:
		return model.Fail(model.Invalid, "This is no directory of accounts: it needs a header with the columns Company name and Customer ID.")
	case ErrorReport:
		return model.Fail(model.Invalid, "This is no error report of a portal: it has no column “Failure reason” beside the identifiers.")
	case PortalDevices:
		return model.Fail(model.Invalid, "This is no list of devices from a portal: it needs a header with a column of identifiers.")
	case PortalUploads:
		return model.Fail(model.Invalid, "This is no list of uploads from a portal: it needs a header with the columns Upload ID and Status.")
	case OrderList:
		return model.Fail(model.Invalid, "This is no list of orders: it needs a header with the columns Order number and Quantity.")
	}
	return model.Fail(model.Invalid, "No column of this list holds identifiers: say which one does.")
}

// RecogniseFor is Recognise for what is wanted: a list of any shape for DeviceList, else a table. fits reports whether the sample has
// the columns of it.
func RecogniseFor(s Sample, w Wanted) (l Layout, fits bool) {
	if w == DeviceList {
		l = Recognise(s)
	} else {
		l = tableFor(s, w).Layout
	}
	return l, w.fits(l)
}

// FindFor finds what is wanted in a file: of the sheets shown that fit, the one with most identifiers where devices are wanted, else the
// first. It fails when none fits.
func FindFor(ctx context.Context, file *sheet.File, w Wanted) (index int, layout Layout, err error) {
	most := -1
	for i, s := range file.Sheets() {
		if s.Hidden {
			continue
		}
		if i > mostSheets && most >= 0 || i > 10*mostSheets {
			break
		}
		sample, err := ReadSample(ctx, file, i)
		if err != nil {
			return 0, Layout{}, err
		}
		l, fits := RecogniseFor(sample, w)
		if !fits {
			continue
		}
		n := 0
		if w.identifies() {
			n, _ = sample.identifying()
		}
		if n > most {
			index, layout, most = i, l, n
		}
	}
	if most < 0 {
		return 0, Layout{}, w.missing()
	}
	return index, layout, nil
}

// isPortalExport reports whether a table of devices says of each what only a portal knows: its status, and when, by whom or in which upload
// it came there.
func isPortalExport(ctx context.Context, file *sheet.File) bool {
	_, layout, err := FindFor(ctx, file, PortalDevices)
	if err != nil || !layout.Has(Status) {
		return false
	}
	for i, m := range layout.Columns {
		if m == UploadID || m == UploadedBy || m == Uploaded && i < len(layout.Titles) && fold(layout.Titles[i]) != fold("Date") {
			return true
		}
	}
	return false
}

// WhatIs tells what a file is for by its titles: ErrorReport, PortalDevices, AccountList, or DeviceList, also when nobody can tell, as its
// review says what is the matter. The file stays open. A file that SaveRejected wrote is a device list: its column is called otherwise.
func WhatIs(ctx context.Context, file *sheet.File) (Wanted, error) {
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
		if isPortalExport(ctx, file) {
			return PortalDevices, nil
		}
		return DeviceList, nil
	}
	if _, _, err := FindFor(ctx, file, AccountList); err == nil {
		return AccountList, nil
	}
	return DeviceList, ctx.Err()
}

// Fields are what the cells of a row say by a layout.
type Fields struct {
	Line        int
	Identifiers model.Identifiers // of its device, none without one
	Verdict     model.Verdict     // of the identifiers
	Reason      Reason            // 0 for ok
	texts       [len(meaningWords)]string
}

// Text is the cell of the column with a meaning as plain text; empty when there is none.
func (f *Fields) Text(m Meaning) string { return f.texts[m] }

// Fields reads a row, of which the header and what stands above it have none: list is false for these and for rows without a text.
func (l Layout) Fields(row sheet.Row) (f Fields, list bool) {
	if row.Line <= l.Header {
		return f, false
	}
	f.Line = row.Line
	var ids reading
	for i, cell := range row.Cells[:min(len(row.Cells), len(l.Columns))] {
		m := l.Columns[i]
		list = list || strings.TrimSpace(cell) != ""
		if m == Ignored || isPlaceholder(cell) && m.identifies() {
			continue
		}
		if f.texts[m] == "" {
			f.texts[m] = model.PlainText(cell)
		}
		if m.identifies() {
			r := readCell(cell, m.wants(), slices.Contains(row.Rounded, i))
			if ids.add(r.ids) == 0 && r.verdict > ids.verdict {
				ids.verdict, ids.reason = r.verdict, r.reason
			}
		}
	}
	f.Identifiers, f.Verdict, f.Reason = ids.ids, ids.verdict, ids.reason
	f.texts[OrderNumber] = orderNumber(f.texts[OrderNumber])
	return f, list
}
