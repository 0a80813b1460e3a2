package data

import (
	"context"
	"iter"
	"strings"
	"time"

	"consign/model"
	"consign/model/search"
)

// Comparison is a portal's export laid beside the devices of a reseller or an MSP, as both were at one moment (domain §7). It keeps the
// differences alone, so that its size follows from these. It changes nothing. Reading it is safe on any goroutine.
type Comparison struct {
	comparedAt
	Columns model.PortalColumns
	// Lines is how many lines of the export name a device, Unread how many name none, Again how many name one that an earlier line named.
	Lines, Unread, Again int

	counts      [len(differenceCount)]int
	differences []difference
	same        idSet
	texts       []string // models, order numbers and customers, once each
	customers   map[string][]int64
}

var differenceCount [model.OtherOrderNumber + 1]struct{}

// difference is a device of the register, a line of the export, or both.
type difference struct {
	kind                   model.Difference
	taken                  bool
	status                 uint8 // of the line: its place in lineStatuses
	device                 int64 // 0 where the viewer has none
	line                   int32 // 0 where the export has none
	day                    int32 // of the line, since 1970; 0 is unknown
	ids                    string
	model, order, customer uint32
}

var lineStatuses = [...]model.DeviceStatus{"", model.PendingDevice, model.VerifiedDevice, model.MPTSError, model.Exchanging}

// here is what is compared of a device of the register.
type here struct {
	customer int64
	order    uint32 // the place of its text from 1; 0: the viewer does not see the device
	status   uint8
	seen     bool
}

// comparing is a comparison that is being made.
type comparing struct {
	*Comparison
	set     *RegisteredSet
	devices []here // by id
	places  map[string]uint32
	orders  map[[2]uint32]bool // whether two order numbers are the same for a bulk file
	clean   func(string) string
	wording map[string]bool // what the lines call customers
}

// Compare lays the lines of a portal's export beside the devices that the viewer sees. clean is what a portal makes of an order number;
// read, which may be nil, is which part of the lines has been read, for the progress. Safe on any goroutine.
func (d Devices) Compare(ctx context.Context, view model.View, columns model.PortalColumns, lines iter.Seq2[model.PortalLine, error],
	clean func(string) string, read func() float64, progress Progress) (*Comparison, error) {
	c := &comparing{Comparison: &Comparison{Columns: columns, texts: []string{""}},
		places: map[string]uint32{"": 0}, orders: map[[2]uint32]bool{}, clean: clean, wording: map[string]bool{}}
	total, err := d.Count(ctx, model.DeviceQuery{View: view})
	if err != nil {
		return nil, err
	}
	const file = 1000 // steps of it
	steps := &counter{progress: progress, total: total + file}
	all := func() {
		if read != nil {
			progress.report(total+int(read()*file), total+file)
		}
	}
	err = d.desk.reading(ctx, func(r *reader) (err error) {
		if c.comparedAt, err = r.now(d.desk, view); err != nil {
			return err
		}
		if err := c.readHere(r, steps); err != nil {
			return err
		}
		if c.customers, err = r.namedCustomers(view); err != nil {
			return err
		}
		return c.readThere(ctx, lines, all)
	})
	if err != nil {
		return nil, err
	}
	c.leftHere()
	c.lacking = c.counts[model.OnlyThere] > 0
	for text := range c.wording {
		c.calls(text, c.customers)
	}
	return c.Comparison, nil
}

// word keeps a text once.
func (c *comparing) word(text string) uint32 {
	place, known := c.places[text]
	if !known {
		place = uint32(len(c.texts))
		text = strings.Clone(text)
		c.texts = append(c.texts, text)
		c.places[text] = place
	}
	return place
}

// readHere reads what is compared of the viewer's devices, and the identifiers of all that live.
func (c *comparing) readHere(r *reader, steps *counter) (err error) {
	if c.set, err = r.registeredSet(); err != nil {
		return err
	}
	ids, err := r.deviceIDs(viewed(model.DeviceQuery{View: c.View}), nil)
	if err != nil {
		return err
	}
	highest := int64(0)
	for _, id := range ids {
		highest = max(highest, id)
	}
	c.devices = make([]here, highest+1)
	batches := func(yield func([]int64, error) bool) {
		for rest := ids; len(rest) > 0; {
			n := min(len(rest), devicesAtOnce)
			if !yield(rest[:n], nil) {
				return
			}
			steps.add(n)
			rest = rest[n:]
		}
	}
	return r.eachDevice(c.View, batches, func(device *model.Device) error {
		h := here{customer: device.CustomerID, order: c.word(device.OrderNumber) + 1}
		for i, s := range lineStatuses {
			if s == device.Status {
				h.status = uint8(i)
			}
		}
		c.devices[device.ID] = h
		c.accounts[h.customer] = true
		return nil
	})
}

// namedCustomers are the accounts by what a portal may call them: their Knox ID, company name or internal reference, folded.
func (c *reader) namedCustomers(view model.View) (map[string][]int64, error) {
	named := map[string][]int64{}
	err := c.each(`SELECT a.id, a.knox_id, a.company_name, coalesce(k.internal_reference, '') FROM accounts a
		LEFT JOIN customers k ON k.account_id = a.id AND k.reseller_id = ? WHERE a.kind <> 'reseller' ORDER BY a.id`, []any{view.Account},
		func(s *statement) error {
			id := s.int(0)
			for _, text := range customerNames(s.text(1), s.text(2), s.text(3)) {
				named[text] = append(named[text], id)
			}
			return nil
		})
	return named, err
}

// customerNames are what a portal may call a customer, folded.
func customerNames(knoxID, company, reference string) (names []string) {
	for _, text := range [...]string{knoxID, company, reference, company + " / " + reference} {
		if text = search.Fold(text); text != "" {
			names = append(names, text)
		}
	}
	return names
}

// readThere compares every line.
func (c *comparing) readThere(ctx context.Context, lines iter.Seq2[model.PortalLine, error], told func()) error {
	n := 0
	for line, err := range lines {
		if err != nil {
			return err
		}
		if n++; n%rowsPerStatement == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			told()
		}
		if line.Empty() {
			c.Unread++
			continue
		}
		c.Lines++
		if !c.wording[line.Customer] {
			c.wording[strings.Clone(line.Customer)] = true
		}
		c.compare(&line)
	}
	return nil
}

func (c *comparing) compare(line *model.PortalLine) {
	_, id := c.set.Find(line.Identifiers)
	if id >= int64(len(c.devices)) || id == 0 || c.devices[id].order == 0 {
		c.add(model.OnlyThere, 0, line, id != 0)
		return
	}
	h := &c.devices[id]
	if h.seen {
		c.Again++
		return
	}
	h.seen = true
	switch {
	case c.Columns.Customer && !c.sameCustomer(h.customer, line.Customer):
		c.add(model.OtherCustomer, id, line, false)
	case line.Status != "" && !c.sameStatus(h.status, line.Status):
		c.add(model.OtherStatus, id, line, false)
	case c.Columns.OrderNumber && !c.sameOrder(h.order-1, line.OrderNumber):
		c.add(model.OtherOrderNumber, id, line, false)
	default:
		c.counts[model.Same]++
		c.same.add(id)
	}
}

func (c *comparing) sameCustomer(id int64, named string) bool {
	if named == "" {
		return id == 0 || c.View.Portal == model.ResellerPortal
	}
	for _, account := range c.named(named) {
		if account == id {
			return true
		}
	}
	return false
}

// named are the accounts that a portal's text may mean.
func (c *Comparison) named(text string) []int64 { return c.customers[search.Fold(text)] }

// sameStatus tells whether the portal's status is the register's; an exchange ends by being confirmed, and so does not differ.
func (c *comparing) sameStatus(here uint8, there model.DeviceStatus) bool {
	return lineStatuses[here] == there || lineStatuses[here] == model.Exchanging || there == model.Exchanging
}

// sameOrder tells whether two order numbers are the same, at least as a bulk file brings them to the portal.
func (c *comparing) sameOrder(here uint32, there string) bool {
	if c.texts[here] == there {
		return true
	}
	key := [2]uint32{here, c.word(there)}
	same, known := c.orders[key]
	if !known {
		same = strings.EqualFold(c.clean(c.texts[here]), c.clean(there))
		c.orders[key] = same
	}
	return same
}

// identifierSeparator parts the identifiers of a line that is kept.
const identifierSeparator = "|"

func (c *comparing) add(kind model.Difference, id int64, line *model.PortalLine, taken bool) {
	x := difference{kind: kind, taken: taken, device: id, line: int32(line.Line), model: c.word(line.Model), order: c.word(line.OrderNumber),
		customer: c.word(line.Customer),
		ids:      strings.Join([]string{line.IMEI1, line.IMEI2, line.MEID, line.Serial}, identifierSeparator)}
	for i, s := range lineStatuses {
		if s == line.Status {
			x.status = uint8(i)
		}
	}
	if !line.Uploaded.IsZero() {
		x.day = int32(line.Uploaded.Unix() / (24 * 60 * 60))
	}
	c.counts[kind]++
	c.differences = append(c.differences, x)
}

// leftHere adds the devices that no line names.
func (c *comparing) leftHere() {
	for id, h := range c.devices {
		if h.order != 0 && !h.seen {
			c.counts[model.OnlyHere]++
			c.differences = append(c.differences, difference{kind: model.OnlyHere, device: int64(id)})
		}
	}
}

// portalLine is the line of a difference as the export has it.
func (c *Comparison) portalLine(x *difference) (line model.PortalLine) {
	if x.line == 0 {
		return line
	}
	ids := strings.Split(x.ids, identifierSeparator)
	line = model.PortalLine{Line: int(x.line), Identifiers: model.Identifiers{IMEI1: ids[0], IMEI2: ids[1], MEID: ids[2], Serial: ids[3]},
		Model: c.texts[x.model], OrderNumber: c.texts[x.order], Customer: c.texts[x.customer], Status: lineStatuses[x.status]}
	if x.day != 0 {
		line.Uploaded = time.Unix(int64(x.day)*24*60*60, 0).UTC()
	}
	return line
}

// Count is how many devices stand so.
func (c *Comparison) Count(kind model.Difference) int { return c.counts[kind] }

// Same selects the devices that register and export have alike.
func (c *Comparison) Same() model.DeviceSelection {
	ids := c.same.list()
	return model.DeviceSelection{Query: model.DeviceQuery{View: c.View}, IDs: ids, Count: len(ids)}
}

// IDs are the differences of the kinds, all for none, by their places from 1, that hold what was typed in an identifier, the customer or
// the order number.
func (c *Comparison) IDs(ctx context.Context, typed string, kinds ...model.Difference) (ids []int64, err error) {
	var wanted [len(differenceCount)]bool
	for _, k := range kinds {
		wanted[k] = true
	}
	var found idSet
	sought := search.For(typed)
	if !sought.Empty() {
		held, err := c.desk.Devices().IDs(ctx, model.DeviceQuery{View: c.View, Search: typed})
		if err != nil {
			return nil, err
		}
		for _, id := range held {
			found.add(id)
		}
	}
	for i := range c.differences {
		x := &c.differences[i]
		if len(kinds) > 0 && !wanted[x.kind] {
			continue
		}
		if sought.Empty() || found.has(x.device) && x.device != 0 || search.In(sought, x.ids, c.texts[x.order], c.texts[x.customer]) {
			ids = append(ids, int64(i+1))
		}
	}
	return ids, ctx.Err()
}

// Rows are differences by their places from 1, as both sides say it.
func (c *Comparison) Rows(ctx context.Context, at []int64) ([]model.Compared, error) {
	rows := make([]model.Compared, len(at))
	var ids []int64
	places := map[int64]int{}
	for i, n := range at {
		x := &c.differences[n-1]
		rows[i] = model.Compared{At: n, Kind: x.kind, Taken: x.taken, Line: c.portalLine(x)}
		if x.device != 0 {
			places[x.device] = i
			ids = append(ids, x.device)
		}
	}
	devices, err := c.desk.Devices().Rows(ctx, c.View, ids)
	for _, device := range devices {
		rows[places[device.ID]].Here = device
	}
	return rows, err
}

// Devices selects the devices of the register among differences.
func (c *Comparison) Devices(at []int64) model.DeviceSelection {
	sel := model.DeviceSelection{Query: model.DeviceQuery{View: c.View}}
	for _, n := range at {
		if x := &c.differences[n-1]; x.device != 0 {
			sel.IDs = append(sel.IDs, x.device)
		}
	}
	sel.Count = len(sel.IDs)
	return sel
}

// Homeless tells whether a difference of these needs to be told whose device it is: the export does not say it, and the register has none.
func (c *Comparison) Homeless(at []int64) bool {
	for _, n := range at {
		x := &c.differences[n-1]
		if x.kind == model.OnlyThere && !x.taken && (c.View.Portal == model.MSPPortal || x.customer == 0) {
			return true
		}
	}
	return false
}

// Of narrows differences to those of the kinds.
func (c *Comparison) Of(at []int64, kinds ...model.Difference) (some []int64) {
	var wanted [len(differenceCount)]bool
	for _, k := range kinds {
		wanted[k] = true
	}
	for _, n := range at {
		if wanted[c.differences[n-1].kind] {
			some = append(some, n)
		}
	}
	return some
}

// Account is the account that a portal's text for a customer means; NotFound.
func (c *Comparison) Account(ctx context.Context, text string) (model.Account, error) {
	accounts := c.named(text)
	if len(accounts) == 0 {
		return model.Account{}, model.Fail(model.NotFound, "The directory does not know {{.Customer}}.", "Customer", text)
	}
	return c.desk.Accounts().ByID(ctx, accounts[0])
}
