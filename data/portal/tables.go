package portal

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/model/search"
)

// titles are the names that a column of a portal's table may have, folded and without signs.
type titles []string

// The columns of the portals' exports of uploads and of customers.
var (
	uploadIDTitles  = titles{"uploadid", "upload"}
	orderTitles     = titles{"ordernumber", "orderno", "order", "bestellnummer", "auftragsnummer"}
	totalTitles     = titles{"totaldevices", "numberofdevices", "devices", "gesamtzahldergerate", "gerate"}
	verifiedTitles  = titles{"verifieddevices", "verified", "verifiziertegerate"}
	uploadedTitles  = titles{"uploaded", "uploaddate", "dateuploaded", "uploadedon", "hochgeladen", "lastuploaded"}
	statusTitles    = titles{"status"}
	customerTitles  = titles{"customer", "customername", "companyname", "companynameinternalreference", "kunde"}
	customerIDs     = titles{"customeridmspid", "customerid", "knoxcustomerid", "mspid", "kundenid"}
	referenceTitles = titles{"internalreference", "internalcustomerreference"}
	uploadsTitles   = titles{"uploads", "numberofuploads"}
)

// plainTitle is a title folded and without signs and spaces.
func plainTitle(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, search.Fold(s))
}

// in is the column with one of the titles, -1 if there is none.
func (t titles) in(header []string) int {
	for _, title := range t {
		if i := slices.Index(header, title); i >= 0 {
			return i
		}
	}
	return -1
}

// linesBeforeTitles is how many lines may stand above the titles of a portal's table.
const linesBeforeTitles = 20

// eachUnder calls row for every line below the titles that fits accepts. Errors: Invalid with the sentence when no line is so.
func eachUnder(ctx context.Context, file *sheet.File, fits func(header []string) bool, missing string,
	row func(line int, cell func(column int) string)) error {
	for i := range file.Sheets() {
		found, n := false, 0
		for r, err := range file.Rows(ctx, i) {
			if err != nil {
				return err
			}
			if !found {
				header := make([]string, len(r.Cells))
				for i, cell := range r.Cells {
					header[i] = plainTitle(cell)
				}
				if found = fits(header); !found {
					if n++; n > linesBeforeTitles {
						break
					}
				}
				continue
			}
			row(r.Line, func(column int) string {
				if column < 0 || column >= len(r.Cells) {
					return ""
				}
				return strings.TrimSpace(strings.TrimPrefix(r.Cells[column], "'"))
			})
		}
		if found {
			return nil
		}
	}
	return model.Fail(model.Invalid, missing)
}

// numberIn reads a whole number, -1 for none.
func numberIn(s string) int {
	s = strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.TrimSuffix(s, ".0"))
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// ReadUploads reads a portal's own export of its uploads: upload ID, order number, total devices, verified devices, uploaded, status
// (domain §3). Errors: Invalid when the file is something else.
func ReadUploads(ctx context.Context, file *sheet.File) (lines []model.PortalUpload, err error) {
	var header []string
	err = eachUnder(ctx, file, func(h []string) bool {
		header = h
		return uploadIDTitles.in(h) >= 0 && (totalTitles.in(h) >= 0 || verifiedTitles.in(h) >= 0)
	}, "This is not a portal's export of uploads: it has the columns UPLOAD ID and TOTAL DEVICES.", func(line int, cell func(int) string) {
		u := model.PortalUpload{Line: line, UUID: strings.ToLower(cell(uploadIDTitles.in(header))), OrderNumber: cell(orderTitles.in(header)),
			Customer: cell(customerTitles.in(header)), Total: numberIn(cell(totalTitles.in(header))),
			Verified: numberIn(cell(verifiedTitles.in(header))), Status: uploadStatusOf(cell(statusTitles.in(header)))}
		u.Uploaded, _ = intake.ReadDate(dayOf(cell(uploadedTitles.in(header))))
		if u.UUID != "" || u.OrderNumber != "" {
			lines = append(lines, u)
		}
	})
	return lines, err
}

// dayOf leaves the hour away.
func dayOf(s string) string {
	s, _, _ = strings.Cut(s, "T")
	s, _, _ = strings.Cut(s, " ")
	return s
}

// uploadStatusOf is the status that a portal's word means, "" for none that is known.
func uploadStatusOf(word string) model.UploadStatus {
	switch word = search.Fold(word); {
	case strings.HasPrefix(word, "complet") && strings.Contains(word, "err"):
		return model.CompletedWithError
	case strings.HasPrefix(word, "complet"):
		return model.Completed
	case strings.HasPrefix(word, "err"), strings.HasPrefix(word, "fail"):
		return model.UploadError
	}
	return ""
}

// ReadCustomers reads the CSV of customers that a Reseller Portal saves (domain §3). Errors: Invalid when the file is something else.
func ReadCustomers(ctx context.Context, file *sheet.File) (lines []model.PortalCustomer, err error) {
	var header []string
	err = eachUnder(ctx, file, func(h []string) bool {
		header = h
		return customerIDs.in(h) >= 0 && customerTitles.in(h) >= 0
	}, "This is not a portal's CSV of customers: it has the columns Company Name / Internal Reference and CUSTOMER ID.",
		func(line int, cell func(int) string) {
			c := model.PortalCustomer{Line: line, Name: cell(customerTitles.in(header)), Reference: cell(referenceTitles.in(header)),
				Uploads: numberIn(cell(uploadsTitles.in(header))), Devices: numberIn(cell(totalTitles.in(header))),
				Status: customerStatusOf(cell(statusTitles.in(header)))}
			if id, _, err := model.ReadKnoxID(cell(customerIDs.in(header))); err == nil {
				c.KnoxID = id
			}
			if c.KnoxID != "" || c.Name != "" {
				lines = append(lines, c)
			}
		})
	return lines, err
}

// customerStatusOf is the status that a portal's word means, "" for none that is known.
func customerStatusOf(word string) model.CustomerStatus {
	switch word = search.Fold(word); {
	case strings.HasPrefix(word, "pend"):
		return model.PendingVerification
	case strings.HasPrefix(word, "inactiv"), strings.HasPrefix(word, "inaktiv"):
		return model.InactiveCustomer
	case strings.HasPrefix(word, "activ"), strings.HasPrefix(word, "aktiv"):
		return model.ActiveCustomer
	}
	return ""
}
