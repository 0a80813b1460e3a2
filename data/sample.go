package data

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"consign/data/disk"
	"consign/model"
)

// OpenSample opens the sample register at path, and makes it first if there is none or an empty one: beside it, and renamed when it is
// whole, so that a filling that is stopped or killed leaves no sample. Errors: those of Open, Cancelled.
func OpenSample(ctx context.Context, path string, o Options, progress Progress) (*Register, error) {
	old := o
	old.MustExist = true
	if disk.Exists(path) {
		r, err := Open(path, old)
		if err != nil {
			return nil, err
		}
		if filled, err := r.hasAccounts(ctx); err != nil || filled {
			return r, err
		}
		if err := errors.Join(r.Close(), removeRegister(path)); err != nil {
			return nil, coded(err)
		}
	}
	if err := makeSample(ctx, path, o, progress); err != nil {
		return nil, coded(err)
	}
	return Open(path, old)
}

// RemakeSample makes the sample at path anew in the place of one that is damaged: what it held is made up and is not kept. Errors: those of
// OpenSample; InUse while another Consign has it open.
func RemakeSample(ctx context.Context, path string, o Options, progress Progress) (*Register, error) {
	old := o
	old.MustExist, old.EvenDamaged = true, true
	r, err := Open(path, old)
	if model.CodeOf(err) == model.InUse {
		return nil, err
	}
	if err == nil {
		if err := r.Close(); err != nil {
			return nil, err
		}
	}
	if err := removeRegister(path); err != nil {
		return nil, coded(err)
	}
	return OpenSample(ctx, path, o, progress)
}

func (r *Register) hasAccounts(ctx context.Context) (bool, error) {
	var accounts int64
	err := r.read.WithContext(ctx).Table("accounts").Count(&accounts).Error
	return accounts > 0, coded(err)
}

// makeSample makes the sample at path.
func makeSample(ctx context.Context, path string, o Options, progress Progress) (err error) {
	filling := path + ".filling"
	o.Anew = true
	r, err := Open(filling, o) // holds off another Consign that is at it
	if model.CodeOf(err) == model.InUse {
		return err
	}
	if err == nil {
		if err := r.Close(); err != nil {
			return err
		}
	}
	if err := removeRegister(filling); err != nil { // what a killed filling left, whether it opens or not
		return err
	}
	if r, err = Open(filling, o); err != nil {
		return err
	}
	if err = errors.Join(FillSample(ctx, r, progress), r.Close()); err != nil {
		return errors.Join(err, removeRegister(filling))
	}
	if err := disk.Flush(filling); err != nil {
		return err
	}
	if err := disk.Rename(filling, path); err != nil {
		return err
	}
	return errors.Join(disk.SettleFolder(path), removeRegister(filling))
}

// removeRegister removes a register that is not open, with what stands beside it.
func removeRegister(path string) (err error) {
	for _, ending := range [...]string{"-wal", "-shm", "", ".lock"} {
		err = errors.Join(err, disk.Remove(path+ending))
	}
	return err
}

// FillSample fills an empty register with a year in an office: two resellers and an MSP that are ours, a dozen customers, and some
// thousand devices in every state, all by real acts and the same at every call but for the dates, which end today.
// Nothing else may act on the register meanwhile. Errors: Refused when it is not empty.
func FillSample(ctx context.Context, r *Register, progress Progress) error {
	if filled, err := r.hasAccounts(ctx); err != nil {
		return err
	} else if filled {
		return model.Fail(model.Refused, "Sample data goes into an empty register only.")
	}
	clock := r.clock
	person := r.Person()
	defer func() {
		r.clock = clock
		r.SetPerson(person)
	}()
	today := clock()
	y := &year{ctx: ctx, r: r, random: rand.New(rand.NewPCG(2026, 8)), at: today.AddDate(-1, 0, 0)}
	r.clock = func() time.Time { return y.at }
	y.openDesk()
	const months = 12
	for month := range months {
		y.at = today.AddDate(0, month-months, 2)
		r.SetPerson(samplePersons[month%len(samplePersons)])
		y.month(month)
		y.carry(month < months-1)
		progress.report(month+1, months)
	}
	y.at = today.Add(-48 * time.Hour)
	y.lastDays()
	return y.err
}

// year is a sample in the making: the day that it has come to, and the first error, after which nothing is done any more.
type year struct {
	ctx    context.Context
	r      *Register
	random *rand.Rand
	at     time.Time
	made   int // devices
	orders int
	err    error

	northwind, alpine, baltic int64 // resellers; baltic is not registered
	msp                       int64
	customers                 []int64
}

// sampleCustomers are the customers of the sample; their places have names below.
var sampleCustomers = []struct{ id, name, country string }{
	{"4600001586", "Müller & Söhne", "DE"},
	{"4600002217", "Contoso Logistics", "US"},
	{"4600003041", "Fabrikam Santé", "FR"},
	{"4600003958", "Transportes Ibéricos", "ES"},
	{"4600004410", "Nordlys Energi", "NO"},
	{"4600005129", "Café Zürich Gruppe", "CH"},
	{"4600005873", "Łódź Medical", "PL"},
	{"4600006604", "Hanbit Logistics", "KR"},
	{"4600007335", "Albion Rail", "GB"},
	{"4600008092", "Officine Galileo", "IT"},
	{"4600008811", "Wien Bau", "AT"},
	{"0460000956", "De Vries Catering", "NL"},
}

// What happens to some of the customers, by their place in sampleCustomers.
const (
	mueller = iota
	contoso
	fabrikam
	iberia  // delinked in autumn: virtual uploads
	nordlys // took the reseller off its list
	zuerich // asked to be delinked
	lodz    // rejected the request
	hanbit  // has not answered the request
	albion
	galileo
)

// then does the next act, an hour or more after the one before, unless an earlier one failed.
func (y *year) then(act func() error) {
	if y.err == nil {
		y.at = y.at.Add(time.Duration(60+y.random.IntN(300)) * time.Minute)
		y.err = act()
	}
}

func (y *year) act(act func() (model.Done, error)) {
	y.then(func() error {
		_, err := act()
		return err
	})
}

func (y *year) account(kind model.AccountKind, id, name, country string, ours bool) (added int64) {
	y.then(func() error {
		a, err := y.r.Accounts().Add(y.ctx, model.Account{Kind: kind, KnoxID: id, CompanyName: name, Country: country, Ours: ours})
		added = a.ID
		return err
	})
	return added
}

// openDesk adds the accounts, registers the resellers and asks the customers.
func (y *year) openDesk() {
	y.northwind = y.account(model.Reseller, "4680000925", "Northwind Mobile", "US", true)
	y.alpine = y.account(model.Reseller, "4680001178", "Alpine Telekom", "AT", true)
	y.baltic = y.account(model.Reseller, "4680002346", "Baltic Devices", "LT", false)
	y.msp = y.account(model.MSP, "1979621309", "Adatum Managed Services", "DE", true)
	for _, c := range sampleCustomers {
		y.customers = append(y.customers, y.account(model.Customer, c.id, c.name, c.country, false))
	}
	for i, reseller := range []int64{y.northwind, y.alpine} {
		y.act(func() (model.Done, error) { return y.r.Resellers().Register(y.ctx, y.msp, reseller, i == 0, false) })
	}
	for i, reference := range []string{"M&S, Frau Krüger", "CONT-US-01", "Santé Lyon"} {
		y.act(func() (model.Done, error) { return y.r.Customers().Add(y.ctx, y.northwind, y.customers[i], reference) })
	}
	for _, c := range []struct {
		customer int
		how      model.ManagementType
		services []model.Service
	}{
		{mueller, model.FullyManaged, []model.Service{model.KnoxManage}},
		{iberia, model.JointlyManaged, nil},
		{zuerich, model.JointlyManaged, []model.Service{model.KnoxConfigure, model.KnoxEFOTA}},
		{albion, model.JointlyManaged, []model.Service{model.KnoxGuard}},
		{lodz, model.FullyManaged, nil},
	} {
		y.act(func() (model.Done, error) {
			return y.r.Managements().Request(y.ctx, y.msp, y.customers[c.customer], c.how, c.services)
		})
		y.act(func() (model.Done, error) {
			return y.r.Managements().Answer(y.ctx, y.msp, y.customers[c.customer], c.customer != lodz)
		})
	}
}

// month is the work of one month: uploads of both resellers to customers and to the MSP, approvals, a move, some deletions.
func (y *year) month(month int) {
	y.upload(y.northwind, y.customers[month%3], 20+y.random.IntN(60), "Rollout")
	y.approveElsewhere(y.upload(y.northwind, y.customers[contoso], 15+y.random.IntN(40)))
	y.approveElsewhere(y.upload(y.alpine, y.customers[nordlys+month%6], 25+y.random.IntN(50), "Lager Wien"))
	y.upload(y.northwind, y.msp, 60+10*month, "Fleet")
	if u := y.upload(y.alpine, y.msp, 40+y.random.IntN(40)); month < 11 {
		y.act(func() (model.Done, error) {
			return y.r.Uploads().Approve(y.ctx, model.As(model.MSP, y.msp), []int64{u.ID})
		})
	}
	places := []int{mueller, albion, zuerich}
	if month < 9 {
		places = append(places, iberia)
	}
	y.move(y.customers[places[month%len(places)]], 30+y.random.IntN(50))
	if month%3 == 1 {
		y.delete(model.As(model.MSP, y.msp), 4)
		y.delete(model.As(model.Reseller, y.northwind), 2)
	}
	switch month {
	case 4, 7:
		y.reportFailures(y.northwind, 5)
	case 5:
		y.approveInPortal(albion, model.KnoxGuard)
	case 6:
		y.exchange(y.northwind, 2, "RMA 26-0117", "")
	case 8:
		y.act(func() (model.Done, error) {
			return y.r.Customers().RemovedUs(y.ctx, y.alpine, y.customers[nordlys])
		})
	case 9:
		y.act(func() (model.Done, error) { return y.r.Managements().RequestDelink(y.ctx, y.msp, y.customers[iberia]) })
		y.act(func() (model.Done, error) {
			return y.r.Managements().AnswerDelink(y.ctx, y.msp, y.customers[iberia], true)
		})
	}
}

// lastDays leaves on the desk what waits.
func (y *year) lastDays() {
	y.act(func() (model.Done, error) {
		return y.r.Managements().Request(y.ctx, y.msp, y.customers[hanbit], model.FullyManaged, []model.Service{model.KnoxAssetIntelligence})
	})
	y.act(func() (model.Done, error) { return y.r.Managements().RequestDelink(y.ctx, y.msp, y.customers[zuerich]) })
	y.uploadBy(model.As(model.MSP, y.msp), y.baltic, y.msp, 18)
	mistake := y.upload(y.northwind, y.customers[galileo], 12)
	y.act(func() (model.Done, error) {
		return y.r.Devices().Delete(y.ctx, model.DeviceSelection{Query: model.DeviceQuery{View: model.As(model.Reseller, y.northwind),
			Upload: mistake.ID}, All: true}, nil)
	})
	y.exchange(y.northwind, 1, "RMA 26-0412", "Display")
	y.takeBack(y.northwind, y.customers[contoso], 1, "RMA 26-0413")
	y.order(y.upload(y.northwind, y.customers[mueller], 35, "Filiale Köln", "Rollout"))
	y.upload(y.alpine, y.msp, 24)
}

func (y *year) upload(reseller, target int64, devices int, tags ...string) model.Upload {
	return y.uploadBy(model.As(model.Reseller, reseller), reseller, target, devices, tags...)
}

func (y *year) uploadBy(by model.View, reseller, target int64, devices int, tags ...string) (made model.Upload) {
	y.then(func() (err error) {
		y.orders++
		new := model.NewUpload{ResellerID: reseller, TargetID: target, UploadedBy: by, OrderNumber: fmt.Sprintf("PO%05d", 41_000+17*y.orders),
			OrderDate: y.at.AddDate(0, 0, -3), SoldToCode: "10045-88", Tags: tags, Figures: model.Figures{Uploaded: devices}}
		if y.orders%9 == 0 {
			new.Figures = model.Figures{Uploaded: devices + 2, Invalid: 1, Duplicate: 1}
			new.Failed = []model.FailedLine{{Line: 7, Value: "35693803564380", Reason: model.WrongLength.Text()}}
		}
		made, _, err = y.r.Uploads().Add(y.ctx, new, y.devices(devices), nil)
		return err
	})
	return made
}

// sampleModels are phones and tablets, each with a type allocation code per SIM; a tablet has one.
var sampleModels = []struct{ name, tac1, tac2 string }{
	{"SM-S921B", "35192158", "35192159"},
	{"SM-A556B", "35693803", "35693804"},
	{"SM-G736B", "35420719", "35420720"},
	{"SM-X216B", "35806511", ""},
	{"SM-A166B", "35299814", "35299815"},
	{"SM-X306B", "35771203", ""},
}

func (y *year) devices(n int) []model.NewDevice {
	list := make([]model.NewDevice, n)
	kind := sampleModels[y.random.IntN(len(sampleModels))]
	for i := range list {
		y.made++
		list[i] = model.NewDevice{Model: kind.name, Identifiers: model.Identifiers{
			IMEI1:  model.ReadIdentifier(fmt.Sprintf("%s%06d", kind.tac1, 100_000+y.made), model.IMEI).Value,
			Serial: fmt.Sprintf("R5C%s%07d", [...]string{"N", "T", "W", "X"}[y.made%4], y.made*61),
		}}
		if kind.tac2 != "" {
			list[i].IMEI2 = model.ReadIdentifier(fmt.Sprintf("%s%06d", kind.tac2, 100_000+y.made), model.IMEI).Value
		}
	}
	return list
}

// approveElsewhere records that the target has approved an upload in its own portal.
func (y *year) approveElsewhere(u model.Upload) {
	y.act(func() (model.Done, error) {
		return y.r.Uploads().Approve(y.ctx, model.As(model.Reseller, u.ResellerID), []int64{u.ID})
	})
}

// approveInPortal approves what waits in the portal of a customer of the MSP.
func (y *year) approveInPortal(customer int, service model.Service) {
	y.then(func() error {
		query := model.UploadQuery{View: model.As(model.Customer, y.customers[customer]), Service: service, Waiting: true}
		ids, err := y.r.Uploads().IDs(y.ctx, query)
		if err != nil || len(ids) == 0 {
			return err
		}
		_, err = y.r.Portal().Approve(y.ctx, model.As(model.MSP, y.msp), y.customers[customer], service, ids)
		return err
	})
}

// some are at most n devices that the query finds, from anywhere in it.
func (y *year) some(q model.DeviceQuery, n int) (model.DeviceSelection, error) {
	q.OldestFirst = true
	ids, err := y.r.Devices().IDs(y.ctx, q)
	y.random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	return model.DeviceSelection{Query: model.DeviceQuery{View: q.View}, IDs: ids[:min(n, len(ids))]}, err
}

func (y *year) move(customer int64, n int) {
	y.then(func() error {
		sel, err := y.some(model.DeviceQuery{View: model.As(model.MSP, y.msp), Customer: model.NoCustomer}, n)
		if err != nil {
			return err
		}
		_, err = y.r.Devices().Move(y.ctx, sel, customer, nil)
		return err
	})
}

func (y *year) delete(by model.View, n int) {
	y.then(func() error {
		sel, err := y.some(model.DeviceQuery{View: by}, n)
		if err != nil {
			return err
		}
		_, err = y.r.Devices().Delete(y.ctx, sel, nil)
		return err
	})
}

func (y *year) reportFailures(reseller int64, n int) {
	y.then(func() error {
		sel, err := y.some(model.DeviceQuery{View: model.As(model.Reseller, reseller)}, n)
		if err != nil {
			return err
		}
		devices, err := y.r.Devices().Rows(y.ctx, sel.Query.View, sel.IDs)
		if err != nil {
			return err
		}
		var failures []DeviceFailure
		for _, d := range devices {
			failures = append(failures, DeviceFailure{d.First(), "Not a Samsung device from an authorised reseller"})
		}
		_, _, err = y.r.Devices().ReportFailures(y.ctx, reseller, failures, nil)
		return err
	})
}
