package data

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"consign/model"
)

// Overview are the figures of an account's Overview page. They count what the account sees (domain §5).
type Overview struct {
	Devices, Verified, Pending, Failed int
	Exchanging                         int // devices whose exchange the online portal has not confirmed
	ToCarry                            int // uploads, deletions and exchanges to be carried to the online portal
	Uploads                            int
	Waiting                            int          // uploads that wait for approval
	Customers                          int          // on its Customers page
	OpenOrders                         int          // of a reseller's customers
	Resellers                          int          // on an MSP's Resellers page
	ByMonth                            []MonthCount // devices by the month of their upload: the last 12, the oldest first
	TopCustomers                       []NamedCount // by devices; an MSP's devices at no customer have the ID model.NoCustomer and no name
	TopModels                          []NamedCount // by devices; devices without a model have no name
	LongestWaiting                     []model.Upload
}

// MonthCount is a count of a month, which is given by its first moment.
type MonthCount struct {
	Month time.Time
	Count int
}

// NamedCount is a count of something with a name; ID is 0 where only the name tells.
type NamedCount struct {
	ID    int64
	Name  string
	Count int
}

const (
	monthsShown  = 12
	topShown     = 10
	waitingShown = 10
)

// ResellerOverview is the overview of a reseller. It reads uploads and their counters, and no device.
func (d Uploads) ResellerOverview(ctx context.Context, resellerID int64) (Overview, error) {
	o, err := d.overview(ctx, model.As(model.Reseller, resellerID))
	if err != nil {
		return o, err
	}
	open, err := d.desk.Orders().Open(ctx, resellerID, 0)
	o.OpenOrders = len(open)
	return o, err
}

// MSPOverview is the overview of an MSP: of its devices, which are those of approved uploads, and the uploads that wait.
func (d Uploads) MSPOverview(ctx context.Context, mspID int64) (Overview, error) {
	return d.overview(ctx, model.As(model.MSP, mspID))
}

func (d Uploads) overview(ctx context.Context, view model.View) (Overview, error) {
	o := Overview{ByMonth: lastMonths(d.desk.clock())}
	var waiting []int64
	err := d.desk.reading(ctx, func(c *reader) (err error) {
		targets := map[int64]int{}
		if waiting, err = o.count(c, view, targets); err != nil {
			return err
		}
		if o.TopCustomers, err = topCustomers(c, view, targets); err != nil {
			return err
		}
		if o.TopModels, err = topModels(c, view); err != nil {
			return err
		}
		if view.Portal == model.ResellerPortal {
			o.Customers, err = c.number("SELECT count(*) FROM customers WHERE reseller_id = ?", view.Account)
			return err
		}
		if o.Customers, err = c.number("SELECT count(*) FROM managements WHERE msp_id = ?", view.Account); err != nil {
			return err
		}
		o.Resellers, err = c.number("SELECT count(*) FROM registrations WHERE msp_id = ?", view.Account)
		return err
	})
	if err != nil {
		return Overview{}, err
	}
	carry, err := d.desk.Carrying().ToCarry(ctx, view)
	if err != nil {
		return Overview{}, err
	}
	o.ToCarry = len(carry.Uploads) + len(carry.Acts)
	o.LongestWaiting, err = d.Rows(ctx, view, "", waiting)
	return o, err
}

// lastMonths are the last months up to now, without counts.
func lastMonths(now time.Time) []MonthCount {
	now = now.Local()
	months := make([]MonthCount, monthsShown)
	for i := range months {
		months[i].Month = time.Date(now.Year(), now.Month()-time.Month(monthsShown-1-i), 1, 0, 0, 0, 0, time.Local)
	}
	return months
}

// received are the uploads u that the viewer's devices came by; an MSP's are not all approved.
func received(view model.View) conditions {
	c := viewedUploads(view)
	if view.Portal == model.MSPPortal {
		c.and("u.target_id = ?", view.Account)
	}
	return c
}

// count counts uploads and their devices, these by targets too, and returns the ids of the uploads that wait longest. Uploads are read as
// they lie: most of a register are those of one reseller, which an index would lead to one by one.
func (o *Overview) count(c *reader, view model.View, targets map[int64]int) (longest []int64, err error) {
	exchanging, err := c.exchangingIn()
	if err != nil {
		return nil, err
	}
	var waiting []waitingUpload
	uploads := received(view)
	find := "SELECT u.id, u.uploaded_at, u.devices, u.failed, u.approved_at IS NOT NULL, u.target_id FROM uploads u NOT INDEXED" +
		uploads.where()
	err = c.each(find, uploads.args, func(s *statement) error {
		id, devices, failed, approved := s.int(0), s.count(2), s.count(3), s.int(4) != 0
		o.Uploads++
		settled := devices - failed - exchanging[id]
		if !approved {
			waiting = append(waiting, waitingUpload{s.int(1), id})
			if view.Portal == model.MSPPortal {
				return nil // its devices are not the MSP's yet
			}
			o.Pending += settled
		} else {
			o.Verified += settled
		}
		o.Devices += devices
		o.Failed += failed
		o.Exchanging += exchanging[id]
		targets[s.int(5)] += devices
		o.ofMonth(s.timeOf(1), devices)
		return nil
	})
	o.Waiting = len(waiting)
	slices.SortFunc(waiting, func(a, b waitingUpload) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id)) })
	for _, w := range waiting[:min(len(waiting), waitingShown)] {
		longest = append(longest, w.id)
	}
	return longest, err
}

// waitingUpload is an upload that waits since a time in milliseconds.
type waitingUpload struct{ at, id int64 }

// ofMonth counts devices that were uploaded then, if it was in one of the months.
func (o *Overview) ofMonth(at time.Time, devices int) {
	later, _ := slices.BinarySearchFunc(o.ByMonth, at, func(m MonthCount, at time.Time) int {
		if m.Month.After(at) {
			return 1
		}
		return -1
	})
	if later > 0 && at.Before(o.ByMonth[monthsShown-1].Month.AddDate(0, 1, 0)) {
		o.ByMonth[later-1].Count += devices
	}
}

// topCustomers are the customers with the most devices for the viewer; targets are the devices of a reseller by their targets.
func topCustomers(c *reader, view model.View, targets map[int64]int) (counts []NamedCount, err error) {
	if view.Portal == model.MSPPortal {
		return c.top(`SELECT u.target_id, a.company_name, sum(u.devices) FROM uploads u JOIN accounts a ON a.id = u.target_id
			WHERE u.msp_id = ?1 AND u.kind = 'moved' AND u.devices > 0 GROUP BY u.target_id, a.company_name
			UNION ALL SELECT ?2, '', sum(devices - moved) FROM uploads WHERE target_id = ?1 AND approved_at IS NOT NULL
			HAVING sum(devices - moved) > 0`,
			view.Account, model.NoCustomer)
	}
	ids := slices.Collect(maps.Keys(targets))
	err = c.each("SELECT id, company_name FROM accounts WHERE id IN (SELECT value FROM json_each(?))", []any{idList(ids)},
		func(s *statement) error {
			counts = append(counts, NamedCount{s.int(0), s.text(1), targets[s.int(0)]})
			return nil
		})
	return highest(counts), err
}

// topModels are the models of which the viewer has the most devices.
func topModels(c *reader, view model.View) ([]NamedCount, error) {
	uploads := received(view)
	if view.Portal == model.MSPPortal {
		uploads.and("u.approved_at IS NOT NULL")
	}
	return c.top("SELECT 0, n.model, sum(n.devices) FROM uploads u NOT INDEXED CROSS JOIN upload_models n ON n.upload_id = u.id"+
		uploads.where()+" GROUP BY n.model", uploads.args...)
}

// top reads ids, names and counts and keeps the highest counts.
func (c *reader) top(find string, args ...any) (counts []NamedCount, err error) {
	err = c.each(find, args, func(s *statement) error {
		counts = append(counts, NamedCount{s.int(0), s.text(1), s.count(2)})
		return nil
	})
	return highest(counts), err
}

// highest are the highest counts.
func highest(counts []NamedCount) []NamedCount {
	slices.SortFunc(counts, func(a, b NamedCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return counts[:min(len(counts), topShown)]
}
