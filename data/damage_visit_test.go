package data

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"consign/model"
)

// visit asks a register all that pages ask, and does each act once. It keeps every answer that no clerk could understand.
type visit struct {
	*Register
	ctx       context.Context
	random    *rand.Rand
	failures  []string
	views     []model.View
	customers []int64 // of the MSP
}

// Accounts of the damaged registers, as newDesk gives them.
const (
	visitedNorth, visitedSouth, visitedMSP = 1, 2, 3
	visitedContoso, visitedFabrikam        = 4, 5
)

func newVisit(ctx context.Context, r *Register, random *rand.Rand) *visit {
	return &visit{Register: r, ctx: ctx, random: random, customers: []int64{visitedContoso, visitedFabrikam}, views: []model.View{
		model.As(model.Reseller, visitedNorth), model.As(model.Reseller, visitedSouth), model.As(model.MSP, visitedMSP),
		model.As(model.Customer, visitedContoso), model.As(model.Customer, visitedFabrikam)}}
}

// try runs f: a panic, a fault that was caught, an error without a sentence and a hang are failures.
func (v *visit) try(what string, f func() error) {
	defer func() {
		if cause := recover(); cause != nil {
			v.failures = append(v.failures, fmt.Sprintf("%s: panic: %v", what, cause))
		}
	}()
	err := f()
	switch code := model.CodeOf(err); {
	case v.ctx.Err() != nil:
		v.failures = append(v.failures, what+" did not end")
	case code == model.Internal, code == model.Cancelled, code == model.InUse:
		v.failures = append(v.failures, fmt.Sprintf("%s: %s: %v", what, code, err))
	}
}

// oneOf are some keys of an order: one of the columns, or none.
func oneOf[V any](v *visit, columns map[string]V) []model.Sort {
	names := make([]string, 0, len(columns))
	for name := range columns {
		names = append(names, name)
	}
	slices.Sort(names)
	i := v.random.IntN(len(names) + 1)
	if i == len(names) {
		return nil
	}
	return []model.Sort{{Column: names[i], Descending: v.random.IntN(2) == 0}}
}

// rows reads the rows of ids after a list of them was read.
func rows[T any](ids []int64, err error, read func([]int64) ([]T, error)) error {
	if err != nil {
		return err
	}
	_, err = read(ids)
	return err
}

// search is nothing or something that a clerk types.
func (v *visit) search() string {
	return [...]string{"", "", "35", "R0000000007", "Con"}[v.random.IntN(5)]
}

func (v *visit) reads() {
	for _, i := range v.random.Perm(len(v.views))[:3] { // all in turn
		v.devicePages(v.views[i])
		v.uploadPages(v.views[i])
	}
	v.partyPages()
	v.logPages()
	v.deskReads()
}

func (v *visit) devicePages(view model.View) {
	queries := []model.DeviceQuery{{}, {Search: v.search()}, {Status: model.PendingDevice}, {Status: model.VerifiedDevice},
		{Status: model.MPTSError},
		{Customer: visitedContoso}, {Model: "SM-A556B"}, {Model: model.NoModel}, {OrderNumber: "PO1"}, {Tag: "spring"},
		{Upload: 1}, {Reseller: visitedNorth, From: time.UnixMilli(0), To: time.Now()}}
	if view.Portal == model.MSPPortal {
		queries = append(queries, model.DeviceQuery{Customer: model.NoCustomer})
	}
	for _, q := range []model.DeviceQuery{queries[0], queries[1+v.random.IntN(len(queries)-1)]} {
		q.View, q.Sort = view, oneOf(v, deviceColumns)
		what := fmt.Sprintf("devices %+v", q)
		v.try(what, func() error {
			ids, err := v.Devices().IDs(v.ctx, q)
			return rows(ids, err, func(ids []int64) ([]model.Device, error) { return v.Devices().Rows(v.ctx, view, ids) })
		})
		v.try("number of "+what, func() error { _, err := v.Devices().Count(v.ctx, q); return err })
		v.try("first of "+what, func() error { _, _, err := v.Devices().FirstIDs(v.ctx, q, 5); return err })
		v.try("selected "+what, func() error {
			_, err := v.Devices().CountSelection(v.ctx, model.DeviceSelection{Query: q, All: true, IDs: []int64{1, 3}})
			return err
		})
		v.try("each of "+what, func() error {
			return v.Devices().Each(v.ctx, model.DeviceSelection{Query: q, All: true}, func(model.Device) error { return nil })
		})
	}
	v.try("models", func() error { _, err := v.Devices().Models(v.ctx, view); return err })
	v.try("tags", func() error { _, err := v.Devices().Tags(v.ctx, view); return err })
	v.try("orders", func() error { _, err := v.Devices().Orders(v.ctx, view); return err })
}

func (v *visit) uploadPages(view model.View) {
	queries := []model.UploadQuery{{}, {Search: v.search()}, {Waiting: true}, {Status: model.Completed}, {Tag: "spring"}, {Target: visitedMSP},
		{Service: model.KnoxMobileEnrollment, Waiting: true}, {From: time.UnixMilli(0), To: time.Now()}}
	q := queries[v.random.IntN(len(queries))]
	q.View, q.Sort = view, oneOf(v, readUploads(view, q.Service).columns())
	v.try(fmt.Sprintf("uploads %+v", q), func() error {
		ids, err := v.Uploads().IDs(v.ctx, q)
		return rows(ids, err, func(ids []int64) ([]model.Upload, error) { return v.Uploads().Rows(v.ctx, view, q.Service, ids) })
	})
	v.try("number of uploads", func() error { _, err := v.Uploads().Count(v.ctx, q); return err })
	v.try("an upload", func() error { _, err := v.Uploads().ByID(v.ctx, view, 1+v.random.Int64N(8)); return err })
}

func (v *visit) partyPages() {
	v.try("customers", func() error {
		ids, err := v.Customers().IDs(v.ctx, model.CustomerQuery{Reseller: visitedNorth, Search: v.search(), Sort: oneOf(v, customerColumns)})
		return rows(ids, err, func(ids []int64) ([]model.ResellerCustomer, error) {
			return v.Customers().Rows(v.ctx, visitedNorth, ids)
		})
	})
	v.try("resellers", func() error {
		ids, err := v.Resellers().IDs(v.ctx, model.RegistrationQuery{MSP: visitedMSP, Search: v.search(), Sort: oneOf(v, registrationColumns)})
		return rows(ids, err, func(ids []int64) ([]model.Registration, error) { return v.Resellers().Rows(v.ctx, visitedMSP, ids) })
	})
	v.try("managements", func() error {
		ids, err := v.Managements().IDs(v.ctx, model.ManagementQuery{MSP: visitedMSP, Search: v.search(), Sort: oneOf(v, managementColumns)})
		return rows(ids, err, func(ids []int64) ([]model.Management, error) { return v.Managements().Rows(v.ctx, visitedMSP, ids) })
	})
	v.try("directory", func() error {
		ids, err := v.Accounts().IDs(v.ctx, model.AccountQuery{Search: v.search(), Sort: oneOf(v, accountColumns)})
		return rows(ids, err, func(ids []int64) ([]model.Account, error) { return v.Accounts().Rows(v.ctx, ids) })
	})
	v.try("customer of", func() error { _, err := v.Customers().Of(v.ctx, visitedNorth, visitedContoso); return err })
	v.try("registration of", func() error { _, err := v.Resellers().Of(v.ctx, visitedMSP, visitedNorth); return err })
	v.try("management of", func() error { _, err := v.Managements().Of(v.ctx, visitedMSP, visitedContoso); return err })
	v.try("lookup", func() error { _, err := v.Accounts().Lookup(v.ctx, model.Customer, "4600001586"); return err })
	v.try("account", func() error { _, err := v.Accounts().ByID(v.ctx, visitedMSP); return err })
	v.try("same ID", func() error { _, err := v.Accounts().SameIDElsewhere(v.ctx, model.MSP, "4600001586"); return err })
	v.try("our accounts", func() error { _, err := v.Accounts().Ours(v.ctx, model.Reseller); return err })
	for _, customer := range v.customers {
		v.try("services", func() error { _, err := v.Portal().Services(v.ctx, customer); return err })
		v.try("portal", func() error {
			ids, err := v.Uploads().IDs(v.ctx, model.UploadQuery{View: model.As(model.Customer, customer), Service: model.KnoxMobileEnrollment})
			return rows(ids, err, func(ids []int64) ([]model.Upload, error) {
				return v.Uploads().Rows(v.ctx, model.As(model.Customer, customer), model.KnoxMobileEnrollment, ids)
			})
		})
	}
}

func (v *visit) logPages() {
	for _, q := range []model.ActivityQuery{{Search: v.search(), Sort: oneOf(v, activityColumns)}, {Party: visitedContoso, Upload: 1}} {
		v.try(fmt.Sprintf("activity %+v", q), func() error {
			ids, err := v.Activity().IDs(v.ctx, q)
			return rows(ids, err, func(ids []int64) ([]model.Activity, error) {
				found, err := v.Activity().Rows(v.ctx, ids)
				for _, a := range found {
					_ = a.Detail.String() + a.Event.String() // as the page draws it
				}
				return found, err
			})
		})
	}
	v.try("what can be undone", func() error {
		last, err := v.Activity().LastUndoable(v.ctx)
		if err != nil {
			return err
		}
		return v.Activity().CanUndo(v.ctx, last.ID)
	})
	for _, id := range []int64{1, 60, 1 + v.random.Int64N(300)} {
		v.try("history", func() error { _, err := v.Activity().OfDevice(v.ctx, id); return err })
		v.try("card", func() error { _, err := v.Devices().Card(v.ctx, id); return err })
	}
	for id := range int64(4) {
		v.try("failed lines", func() error { _, err := v.Uploads().FailedLines(v.ctx, id); return err })
	}
}

func (v *visit) deskReads() {
	v.try("overview of a reseller", func() error { _, err := v.Uploads().ResellerOverview(v.ctx, visitedNorth); return err })
	v.try("overview of an MSP", func() error { _, err := v.Uploads().MSPOverview(v.ctx, visitedMSP); return err })
	for _, part := range []string{"R00000000", fmt.Sprintf("35%013d", 7), "X"} {
		v.try("find", func() error { _, err := v.Devices().Find(v.ctx, part, 5); return err })
	}
	list := []model.Identifiers{{IMEI1: fmt.Sprintf("35%013d", 3)}, {Serial: "R0000000009"}, {MEID: "A10000009296F2"}}
	v.try("already registered", func() error { _, err := v.Devices().Registered(v.ctx, list); return err })
	v.try("match", func() error { _, _, err := v.Devices().Match(v.ctx, v.views[0], list); return err })
	v.try("set of identifiers", func() error {
		set, err := v.Devices().RegisteredSet(v.ctx)
		if err != nil {
			return err
		}
		_, id := set.Find(list[0])
		if id == 0 {
			return nil
		}
		_, err = v.Devices().RegisteredByID(v.ctx, []int64{id})
		return err
	})
	v.try("settings", func() error { _, err := v.Settings().Value(v.ctx, PortalDateFormat); return err })
	v.Devices().ExpectSearch()
}

// acts does every act once, whatever was found damaged before.
func (v *visit) acts() {
	north, msp := v.views[0], v.views[2]
	do := func(what string, f func() (model.Done, error)) {
		v.damage.found.Store(nil) // else nothing after the first damage would be tried
		v.try(what, func() error { _, err := f(); return err })
	}
	device := model.NewDevice{Identifiers: model.Identifiers{IMEI1: fmt.Sprintf("86%013d", v.random.IntN(1e9)),
		Serial: "R" + strings.Repeat("9", 10)}, Model: "SM-A556B"}
	do("upload", func() (model.Done, error) {
		_, done, err := v.Uploads().Add(v.ctx, model.NewUpload{ResellerID: visitedNorth, TargetID: visitedMSP, UploadedBy: north},
			[]model.NewDevice{device}, nil)
		return done, err
	})
	do("approve", func() (model.Done, error) { return v.Uploads().Approve(v.ctx, msp, []int64{1, 2, 3, 4, 5}) })
	do("approve in a portal", func() (model.Done, error) {
		return v.Portal().Approve(v.ctx, msp, visitedContoso, model.KnoxManage, []int64{1, 2, 3, 4, 5, 6})
	})
	do("move", func() (model.Done, error) { return v.Devices().Move(v.ctx, all(msp), visitedFabrikam, nil) })
	do("delete some", func() (model.Done, error) { return v.Devices().Delete(v.ctx, only(north, 2, 4, 6, 8), nil) })
	do("delete what a search finds", func() (model.Done, error) {
		return v.Devices().Delete(v.ctx, all(north, func(q *model.DeviceQuery) { q.Search = "R000000001" }), nil)
	})
	do("report failures", func() (model.Done, error) {
		done, _, err := v.Devices().ReportFailures(v.ctx, visitedNorth, []DeviceFailure{{"R0000000012", "not Samsung"}}, nil)
		return done, err
	})
	do("register", func() (model.Done, error) { return v.Resellers().Register(v.ctx, visitedMSP, visitedSouth, true, true) })
	do("preferences", func() (model.Done, error) {
		return v.Resellers().SetAutoApprove(v.ctx, visitedMSP, visitedNorth, false, false)
	})
	do("remove reseller", func() (model.Done, error) { return v.Resellers().Remove(v.ctx, visitedMSP, visitedSouth) })
	do("switch", func() (model.Done, error) { return v.Managements().SwitchToJoint(v.ctx, visitedMSP, visitedContoso) })
	do("request delink", func() (model.Done, error) { return v.Managements().RequestDelink(v.ctx, visitedMSP, visitedContoso) })
	do("delink", func() (model.Done, error) {
		return v.Managements().AnswerDelink(v.ctx, visitedMSP, visitedContoso, true)
	})
	do("manage", func() (model.Done, error) {
		return v.Managements().Request(v.ctx, visitedMSP, visitedContoso, model.JointlyManaged, nil)
	})
	do("answer", func() (model.Done, error) { return v.Managements().Answer(v.ctx, visitedMSP, visitedContoso, true) })
	do("services", func() (model.Done, error) {
		return v.Portal().SetServices(v.ctx, msp, visitedFabrikam, model.ServicesChange{Services: []model.Service{model.KnoxGuard},
			Approve: true})
	})
	do("add customer", func() (model.Done, error) { return v.Customers().Add(v.ctx, visitedSouth, visitedContoso, "ref") })
	do("reference", func() (model.Done, error) {
		return v.Customers().EditReference(v.ctx, visitedNorth, visitedContoso, "other")
	})
	do("customer removed us", func() (model.Done, error) { return v.Customers().RemovedUs(v.ctx, visitedNorth, visitedContoso) })
	litware := model.Account{Kind: model.Customer, KnoxID: "4600009999", CompanyName: "Litware", Country: "de"}
	do("add account", func() (model.Done, error) { _, err := v.Accounts().Add(v.ctx, litware); return model.Done{}, err })
	do("edit account", func() (model.Done, error) {
		return v.Accounts().Edit(v.ctx, visitedContoso, AccountUpdate{CompanyName: new("Contoso Ltd"), Country: new("fr")})
	})
	do("import accounts", func() (model.Done, error) {
		_, _, done, err := v.Accounts().Import(v.ctx, []model.Account{litware})
		return done, err
	})
	do("import customers", func() (model.Done, error) {
		return v.Customers().Import(v.ctx, visitedNorth, []NewCustomer{{litware, "x"}})
	})
	do("setting", func() (model.Done, error) { return model.Done{}, v.Settings().Set(v.ctx, PortalDateFormat, "YYYYMMDD") })
	for range 6 {
		id := v.random.Int64N(25)
		do(fmt.Sprint("undo ", id), func() (model.Done, error) { return v.Activity().Undo(v.ctx, id, nil) })
	}
}
