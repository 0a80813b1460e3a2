package data

import (
	"context"
	"slices"
	"strings"
	"time"

	"consign/model"
	"consign/model/search"
)

// UploadComparison is a portal's export of uploads laid beside those of a reseller (domain §7). It changes nothing.
type UploadComparison struct {
	comparedAt
	Lines       int
	differences []model.ComparedUpload
	same        []int64
}

// Compare lays a portal's uploads beside those that the viewer sees. An upload is found by its UPLOAD ID or, as a portal gives it an ID of
// its own, by order number, customer, day and number of devices. clean is what a portal makes of an order number. Safe on any goroutine.
func (d Uploads) Compare(ctx context.Context, view model.View, lines []model.PortalUpload, clean func(string) string) (*UploadComparison,
	error) {
	c := &UploadComparison{Lines: len(lines)}
	var named map[string][]int64
	err := d.desk.reading(ctx, func(r *reader) (err error) {
		if c.comparedAt, err = r.now(d.desk, view); err == nil {
			named, err = r.namedCustomers(view)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	ids, err := d.IDs(ctx, model.UploadQuery{View: view})
	if err != nil {
		return nil, err
	}
	ours, err := d.Rows(ctx, view, "", ids)
	if err != nil {
		return nil, err
	}
	m := &uploadMatcher{ours: ours, lines: lines, clean: clean, named: named, of: make([]int, len(lines)), taken: make([]bool, len(ours))}
	m.match()
	for _, u := range ours {
		c.accounts[u.TargetID] = true
	}
	for i, line := range lines {
		c.calls(line.Customer, named)
		if m.of[i] < 0 {
			c.lacking = true
			c.add(model.OnlyThere, model.Upload{}, line)
			continue
		}
		u := ours[m.of[i]]
		if kind := m.difference(u, line); kind != model.Same {
			c.add(kind, u, line)
		} else {
			c.same = append(c.same, u.ID)
		}
	}
	for i, u := range ours {
		if !m.taken[i] {
			c.add(model.OnlyHere, u, model.PortalUpload{})
		}
	}
	return c, ctx.Err()
}

func (c *UploadComparison) add(kind model.Difference, here model.Upload, there model.PortalUpload) {
	c.differences = append(c.differences, model.ComparedUpload{At: int64(len(c.differences) + 1), Kind: kind, Here: here, There: there})
}

// uploadMatcher finds for each line of an export the upload that it means.
type uploadMatcher struct {
	ours  []model.Upload
	lines []model.PortalUpload
	clean func(string) string
	named map[string][]int64
	of    []int // by line, -1 for none
	taken []bool
}

// match takes the surest first: by ID, then what agrees in more, each upload once.
func (m *uploadMatcher) match() {
	byID, byOrder := map[string]int{}, map[string][]int{}
	for i, u := range m.ours {
		byID[strings.ToLower(u.UUID)] = i
		order := m.order(u.OrderNumber)
		byOrder[order] = append(byOrder[order], i)
	}
	for line, l := range m.lines {
		m.of[line] = -1
		if i, is := byID[l.UUID]; is && l.UUID != "" && !m.taken[i] {
			m.of[line], m.taken[i] = i, true
		}
	}
	for least := 3; least >= 1; least-- {
		for line, l := range m.lines {
			if m.of[line] >= 0 {
				continue
			}
			for _, i := range byOrder[m.order(l.OrderNumber)] {
				if agrees := m.agreement(m.ours[i], l); !m.taken[i] && agrees >= least {
					m.of[line], m.taken[i] = i, true
					break
				}
			}
		}
	}
}

func (m *uploadMatcher) order(number string) string { return strings.ToLower(m.clean(number)) }

// agreement is in how many of customer, day and number of devices an upload and a line with its order number agree; 0 is another upload.
func (m *uploadMatcher) agreement(u model.Upload, l model.PortalUpload) (n int) {
	sameCustomer := l.Customer != "" && slices.Contains(m.named[search.Fold(l.Customer)], u.TargetID)
	if l.Customer != "" && !sameCustomer {
		return 0
	}
	if sameCustomer {
		n++
	}
	sameDay := !l.Uploaded.IsZero() && l.Uploaded.Format(time.DateOnly) == u.UploadedAt.Local().Format(time.DateOnly)
	if sameDay {
		n++
	}
	if l.Total == u.Devices {
		n++
	}
	if u.OrderNumber == "" && n < 2 { // the order number says nothing
		return 0
	}
	return n
}

// difference is the first in which an upload and its line differ.
func (m *uploadMatcher) difference(u model.Upload, l model.PortalUpload) model.Difference {
	switch {
	case l.Customer != "" && !slices.Contains(m.named[search.Fold(l.Customer)], u.TargetID):
		return model.OtherCustomer
	case l.OrderNumber != "" && m.order(l.OrderNumber) != m.order(u.OrderNumber):
		return model.OtherOrderNumber
	case l.Total >= 0 && l.Total != u.Devices:
		return model.OtherDevices
	case l.Verified >= 0 && l.Verified != u.Verified, l.Status != "" && l.Status != u.Status:
		return model.OtherStatus
	}
	return model.Same
}

// Count is how many uploads stand so.
func (c *UploadComparison) Count(kind model.Difference) int {
	if kind == model.Same {
		return len(c.same)
	}
	return countOf(c.differences, func(x model.ComparedUpload) bool { return x.Kind == kind })
}

// countOf is how many of the differences are so.
func countOf[R any](differences []R, is func(R) bool) (n int) {
	for _, x := range differences {
		if is(x) {
			n++
		}
	}
	return n
}

// Differences are the uploads that differ.
func (c *UploadComparison) Differences() []model.ComparedUpload { return c.differences }

// Same are the uploads that register and export have alike: what Carrying.Confirm takes.
func (c *UploadComparison) Same() model.CarrySelection {
	return model.CarrySelection{Uploads: slices.Clone(c.same)}
}

// ApprovedThere are those of the differences, by their places from 1, that wait here and that the portal shows verified as a whole: what
// Uploads.Approve takes. A target of ours decides on its own page.
func (c *UploadComparison) ApprovedThere(at []int64) (uploads []int64) {
	for _, n := range at {
		x := c.differences[n-1]
		if x.Kind == model.OtherStatus && x.Here.Waits() && !x.Here.TargetOurs && x.There.Verified == x.Here.Devices {
			uploads = append(uploads, x.Here.ID)
		}
	}
	return uploads
}

// CustomerComparison is a portal's CSV of customers laid beside a reseller's Customers page (domain §7). It changes nothing.
type CustomerComparison struct {
	comparedAt
	differences []model.ComparedCustomer
	same        int
}

// Count is how many customers stand so.
func (c *CustomerComparison) Count(kind model.Difference) int {
	if kind == model.Same {
		return c.same
	}
	return countOf(c.differences, func(x model.ComparedCustomer) bool { return x.Kind == kind })
}

// Differences are the customers that differ: what Customers.TakeOver takes.
func (c *CustomerComparison) Differences() []model.ComparedCustomer { return c.differences }

func (c *CustomerComparison) add(kind model.Difference, here model.ResellerCustomer, there model.PortalCustomer) {
	c.differences = append(c.differences, model.ComparedCustomer{At: int64(len(c.differences) + 1), Kind: kind, Here: here, There: there})
}

// CompareCustomers lays the CSV of customers that a portal saved beside the reseller's Customers page. Safe on any goroutine.
func (d Customers) CompareCustomers(ctx context.Context, resellerID int64, lines []model.PortalCustomer) (*CustomerComparison, error) {
	c := &CustomerComparison{}
	err := d.desk.reading(ctx, func(r *reader) (err error) {
		c.comparedAt, err = r.now(d.desk, model.As(model.Reseller, resellerID))
		return err
	})
	if err != nil {
		return nil, err
	}
	ids, err := d.IDs(ctx, model.CustomerQuery{Reseller: resellerID})
	if err != nil {
		return nil, err
	}
	ours, err := d.Rows(ctx, resellerID, ids)
	if err != nil {
		return nil, err
	}
	seen := make([]bool, len(ours))
	c.counted = true
	for _, customer := range ours {
		c.accounts[customer.AccountID] = true
	}
	for _, line := range lines {
		for _, name := range customerNames(line.KnoxID, line.Name, line.Reference) {
			c.calls(name, nil)
		}
		i := meantBy(ours, seen, line)
		if i < 0 {
			c.add(model.OnlyThere, model.ResellerCustomer{}, line)
			continue
		}
		seen[i] = true
		if kind := customerDifference(ours[i], line); kind != model.Same {
			c.add(kind, ours[i], line)
		} else {
			c.same++
		}
	}
	for i, customer := range ours {
		if !seen[i] {
			c.add(model.OnlyHere, customer, model.PortalCustomer{})
		}
	}
	return c, ctx.Err()
}

// meantBy is the place of the customer that a line means, -1 for none: several that are reached through one MSP have its ID.
func meantBy(ours []model.ResellerCustomer, seen []bool, line model.PortalCustomer) int {
	of := func(is func(model.ResellerCustomer) bool) int {
		for i, c := range ours {
			if !seen[i] && is(c) {
				return i
			}
		}
		return -1
	}
	hasID := func(c model.ResellerCustomer) bool { return c.KnoxID == line.KnoxID || c.ShownID == line.KnoxID }
	named := func(c model.ResellerCustomer) bool { return namesCustomer(c, line) }
	if line.KnoxID == "" {
		return of(named)
	}
	if i := of(func(c model.ResellerCustomer) bool { return hasID(c) && named(c) }); i >= 0 {
		return i
	}
	return of(hasID)
}

// namesCustomer tells whether a line names the customer: by its company name, its internal reference, or both.
func namesCustomer(c model.ResellerCustomer, line model.PortalCustomer) bool {
	name := search.Fold(line.Name)
	if line.Reference != "" {
		return name == search.Fold(c.CompanyName) && search.Fold(line.Reference) == search.Fold(c.InternalReference)
	}
	return name == search.Fold(c.CompanyName) || c.InternalReference != "" &&
		(name == search.Fold(c.InternalReference) || name == search.Fold(c.CompanyName+" / "+c.InternalReference))
}

func customerDifference(c model.ResellerCustomer, line model.PortalCustomer) model.Difference {
	switch {
	case !namesCustomer(c, line):
		return model.OtherName
	case line.Devices >= 0 && line.Devices != c.Devices, line.Uploads >= 0 && line.Uploads != c.Uploads:
		return model.OtherDevices
	case line.Status != "" && line.Status != c.Status:
		return model.OtherStatus
	}
	return model.Same
}
