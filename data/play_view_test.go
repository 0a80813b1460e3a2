package data

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"consign/model"
)

// compare holds what every party sees in the register against the world.
func (p *play) compare(t *rapid.T) {
	for _, reseller := range p.resellers {
		p.compareView(t, model.As(model.Reseller, reseller))
		p.compareCustomersPage(t, reseller)
	}
	for _, msp := range p.msps {
		p.compareView(t, model.As(model.MSP, msp))
		p.compareResellersPage(t, msp)
		p.compareManagements(t, msp)
	}
	for _, customer := range p.customers {
		p.compareView(t, model.As(model.Customer, customer))
		p.comparePortal(t, customer)
	}
}

// seenDevice and seenUploadLine are what is compared of a device and an upload.
type seenDevice struct {
	ID, Upload, Customer int64
	Status               model.DeviceStatus
}

type seenUploadLine struct {
	ID                               int64
	Kind                             model.UploadKind
	Devices, Verified, Failed, Moved int
	Status                           model.UploadStatus
	At                               time.Time
	Waits, Registered                bool
}

func (p *play) compareView(t *rapid.T, view model.View) {
	want, ids, counts := p.compareDevices(t, view)
	n, err := p.Devices().Count(ctx, model.DeviceQuery{View: view})
	require.NoError(t, err)
	require.Equal(t, want, n, "count of %v", view)
	first, of, err := p.Devices().FirstIDs(ctx, model.DeviceQuery{View: view}, 3)
	require.NoError(t, err)
	require.True(t, len(first) == 0 || slices.Equal(ids[:3], first) && of == n, "%v of %d instead of %v", first, of, ids)
	for _, status := range model.DeviceStatuses {
		n, err := p.Devices().Count(ctx, model.DeviceQuery{View: view, Status: status})
		require.NoError(t, err)
		require.Equal(t, counts[status], n, "%s of %v", status, view)
		ids, err := p.Devices().IDs(ctx, model.DeviceQuery{View: view, Status: status})
		require.NoError(t, err)
		require.Len(t, ids, n)
	}
	p.compareUploads(t, view)
	p.compareOverview(t, view, counts)
}

// compareDevices holds the devices that the viewer sees against the world: how many these are, which, and by status.
func (p *play) compareDevices(t *rapid.T, view model.View) (n int, ids []int64, counts map[model.DeviceStatus]int) {
	var want []seenDevice
	counts = map[model.DeviceStatus]int{}
	for _, d := range p.world.seen(view) {
		u := p.world.place(view, d)
		seen := seenDevice{d.id, u.id, u.target, model.PendingDevice}
		if view.Portal == model.MSPPortal {
			seen.Customer = 0
			if d.movedBy != nil {
				seen.Customer = d.movedBy.target
			}
		}
		seen.Status = p.world.statusOf(view, d)
		counts[seen.Status]++
		want = append(want, seen)
	}
	slices.SortFunc(want, func(a, b seenDevice) int { return int(b.ID - a.ID) }) // the newest first
	ids, err := p.Devices().IDs(ctx, model.DeviceQuery{View: view})
	require.NoError(t, err)
	devices, err := p.Devices().Rows(ctx, view, ids)
	require.NoError(t, err)
	require.Len(t, devices, len(ids))
	var got []seenDevice
	for _, d := range devices {
		got = append(got, seenDevice{d.ID, d.UploadID, d.CustomerID, d.Status})
	}
	require.Equal(t, want, got, "devices of %v", view)
	return len(want), ids, counts
}

func (p *play) compareUploads(t *rapid.T, view model.View) {
	var want, got []seenUploadLine
	for _, u := range p.world.uploads {
		devices := p.world.under(u)
		sees := view.Portal == model.ResellerPortal && u.reseller == view.Account && u.kind != model.MovedUpload ||
			view.Portal != model.ResellerPortal && u.target == view.Account
		if !sees || len(devices) == 0 {
			continue
		}
		line := seenUploadLine{ID: u.id, Kind: u.kind, Devices: len(devices), At: u.at, Waits: !u.approved, Status: model.Completed,
			Registered: !p.world.isMSP(u.target) || p.world.registrations[[2]int64{u.target, u.reseller}] != nil}
		exchanging := 0
		for _, d := range devices {
			switch {
			case d.failed:
				line.Failed++
			case d.exchanged != nil && !d.exchanged.carry.confirmed:
				exchanging++
			}
			if d.movedBy != nil && d.in == u {
				line.Moved++
			}
		}
		if u.approved {
			line.Verified = line.Devices - line.Failed - exchanging
		}
		switch {
		case line.Failed == line.Devices:
			line.Status = model.UploadError
		case line.Failed > 0:
			line.Status = model.CompletedWithError
		}
		want = append(want, line)
	}
	slices.SortFunc(want, func(a, b seenUploadLine) int { return int(a.ID - b.ID) })
	ids, err := p.Uploads().IDs(ctx, model.UploadQuery{View: view})
	require.NoError(t, err)
	uploads, err := p.Uploads().Rows(ctx, view, "", ids)
	require.NoError(t, err)
	for _, u := range uploads {
		got = append(got, seenUploadLine{u.ID, u.Kind, u.Devices, u.Verified, u.Failed, u.Moved, u.Status, u.UploadedAt.UTC(), u.Waits(),
			u.Registered})
	}
	require.Equal(t, want, got, "uploads of %v", view)
}

func (p *play) compareOverview(t *rapid.T, view model.View, counts map[model.DeviceStatus]int) {
	read := map[model.Portal]func(int64) (Overview, error){
		model.ResellerPortal: func(id int64) (Overview, error) { return p.Uploads().ResellerOverview(ctx, id) },
		model.MSPPortal:      func(id int64) (Overview, error) { return p.Uploads().MSPOverview(ctx, id) },
	}[view.Portal]
	if read == nil {
		return
	}
	o, err := read(view.Account)
	require.NoError(t, err)
	require.Equal(t, counts[model.VerifiedDevice], o.Verified)
	require.Equal(t, counts[model.PendingDevice], o.Pending)
	require.Equal(t, counts[model.MPTSError], o.Failed)
	require.Equal(t, counts[model.Exchanging], o.Exchanging)
	inMonths, atCustomers, ofModels := 0, 0, 0
	for _, m := range o.ByMonth {
		inMonths += m.Count
	}
	for _, c := range o.TopCustomers {
		atCustomers += c.Count
	}
	for _, m := range o.TopModels {
		ofModels += m.Count
	}
	require.Equal(t, []int{o.Devices, o.Devices, o.Devices}, []int{inMonths, atCustomers, ofModels}, "months, customers and models of %v",
		view)
}

// seenPage is what is compared of a line of a page of accounts.
type seenPage struct {
	Account          int64
	Uploads, Devices int
	Waiting          int
	Last             time.Time
	Status           string
}

// line sums uploads and their devices, which count once they are approved if onlyApproved.
func (p *play) line(account int64, onlyApproved bool, of func(*worldUpload) bool) seenPage {
	line := seenPage{Account: account}
	for _, u := range p.world.uploads {
		devices := len(p.world.under(u))
		if !of(u) || devices == 0 {
			continue
		}
		line.Uploads++
		if u.approved || !onlyApproved {
			line.Devices += devices
		} else {
			line.Waiting++
		}
		if u.at.After(line.Last) {
			line.Last = u.at
		}
	}
	return line
}

func sorted(lines []seenPage) []seenPage {
	slices.SortFunc(lines, func(a, b seenPage) int { return int(a.Account - b.Account) })
	return lines
}

// last is a time as the world has it: the zero time stays.
func last(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

func (p *play) compareCustomersPage(t *rapid.T, reseller int64) {
	var want, got []seenPage
	for key := range p.world.pages {
		if key[0] != reseller {
			continue
		}
		line := p.line(key[1], false, func(u *worldUpload) bool {
			return u.reseller == reseller && u.target == key[1] && u.kind != model.MovedUpload
		})
		line.Status = string(p.world.status(reseller, key[1]))
		want = append(want, line)
	}
	ids, err := p.Customers().IDs(ctx, model.CustomerQuery{Reseller: reseller})
	require.NoError(t, err)
	rows, err := p.Customers().Rows(ctx, reseller, ids)
	require.NoError(t, err)
	for _, row := range rows {
		got = append(got, seenPage{Account: row.AccountID, Uploads: row.Uploads, Devices: row.Devices, Last: last(row.LastUploaded),
			Status: string(row.Status)})
	}
	require.Equal(t, sorted(want), sorted(got), "Customers page of reseller %d", reseller)
}

func (p *play) compareResellersPage(t *rapid.T, msp int64) {
	var want, got []seenPage
	for key, auto := range p.world.registrations {
		if key[0] != msp {
			continue
		}
		line := p.line(key[1], true, func(u *worldUpload) bool { return u.reseller == key[1] && u.target == msp })
		if *auto {
			line.Status = "auto"
		}
		want = append(want, line)
	}
	ids, err := p.Resellers().IDs(ctx, model.RegistrationQuery{MSP: msp})
	require.NoError(t, err)
	rows, err := p.Resellers().Rows(ctx, msp, ids)
	require.NoError(t, err)
	for _, row := range rows {
		line := seenPage{Account: row.ResellerID, Uploads: row.Uploads, Devices: row.Devices, Waiting: row.Waiting, Last: last(row.LastUploaded)}
		if row.AutoApprove {
			line.Status = "auto"
		}
		got = append(got, line)
	}
	require.Equal(t, sorted(want), sorted(got), "Resellers page of MSP %d", msp)
}

func (p *play) compareManagements(t *rapid.T, msp int64) {
	var want, got []seenPage
	for key, m := range p.world.managements {
		if key[0] != msp {
			continue
		}
		line := p.line(key[1], false, func(u *worldUpload) bool { return u.msp == msp && u.target == key[1] && u.kind == model.MovedUpload })
		line.Status, line.Last = string(m.how)+" "+string(m.status), time.Time{}
		want = append(want, line)
	}
	ids, err := p.Managements().IDs(ctx, model.ManagementQuery{MSP: msp})
	require.NoError(t, err)
	rows, err := p.Managements().Rows(ctx, msp, ids)
	require.NoError(t, err)
	for _, row := range rows {
		got = append(got, seenPage{Account: row.CustomerID, Uploads: row.Uploads, Devices: row.Devices,
			Status: string(row.Type) + " " + string(row.Status)})
	}
	require.Equal(t, sorted(want), sorted(got), "Customers page of MSP %d", msp)
}

// comparePortal holds the uploads that wait in each Knox service of the customer against the world.
func (p *play) comparePortal(t *rapid.T, customer int64) {
	services, err := p.Portal().Services(ctx, customer)
	require.NoError(t, err)
	require.Len(t, services, len(p.world.services[customer]))
	for _, s := range services {
		var want []int64
		for _, u := range p.world.uploads {
			if approved, there := u.portals[s.Service]; there && !approved && u.target == customer && len(p.world.under(u)) > 0 {
				want = append(want, u.id)
			}
		}
		slices.Sort(want)
		got, err := p.Uploads().IDs(ctx, model.UploadQuery{View: model.As(model.Customer, customer), Service: s.Service, Waiting: true})
		require.NoError(t, err)
		require.Equal(t, want, got, "waiting in %s of customer %d", s.Service, customer)
		require.Equal(t, len(want), s.Waiting)
		uploads, err := p.Uploads().Rows(ctx, model.As(model.Customer, customer), s.Service, got)
		require.NoError(t, err)
		for _, u := range uploads {
			require.True(t, u.Waits())
		}
	}
}
