package data

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// TestAnySequenceOfActsShowsEachPartyWhatTheDomainSays plays random acts, refused ones and undoing among them, on a
// register and on a world, the plain reading of the domain in world_test.go, compares after each what the register says of one party,
// and after some and at the end what it says of all. More sequences: go test -run AnySequence -rapid.checks=2000.
func TestAnySequenceOfActsShowsEachPartyWhatTheDomainSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := newPlay(t, rt)
		defer p.Close()
		rt.Repeat(map[string]func(*rapid.T){
			"":                  p.compareNow,
			"upload":            p.upload,
			"approve":           p.approve,
			"register reseller": p.registerReseller,
			"set auto-approve":  p.setAutoApprove,
			"remove reseller":   p.removeReseller,
			"add customer":      p.addCustomer,
			"customer removed":  p.customerRemovedUs,
			"manage":            p.manage,
			"delink":            p.delink,
			"move":              p.move,
			"delete":            p.delete,
			"report failures":   p.reportFailures,
			"approve in portal": p.approveInPortal,
			"exchange":          p.exchange,
			"change customer":   p.changeCustomer,
			"carry":             p.carry,
			"take over":         p.takeOver,
			"preference":        p.setPreference,
			"services":          p.setServices,
			"registered again":  p.cameBack,
			"another person":    p.anotherPerson,
			"undo the last":     p.undoLast,
			"undo an earlier":   p.undoEarlier,
		})
		p.compareAll(rt)
		(&desk{Register: p.Register, t: t}).logHolds()
	})
}

// play is a register and the acts that it took, which make its world.
type play struct {
	*Register
	t                          *rapid.T
	now                        time.Time
	resellers, msps, customers []int64
	services                   map[int64][]model.Service
	acts                       []*playedAct
	persons                    map[int64]string // by act
	world                      *world
	steps, fresh               int
}

// playedServices are those that the customers use at the beginning.
var playedServices = [][]model.Service{{model.KnoxMobileEnrollment}, {model.KnoxManage}, {model.KnoxManage, model.KnoxGuard},
	{model.KnoxConfigure, model.KnoxManage}, {model.KnoxManage, model.KnoxEFOTA}}

// playedAct is an accepted act: how it changes a world, and whether it is undone.
type playedAct struct {
	id    int64
	apply func(*world) model.Code
	gone  bool
}

func newPlay(t *testing.T, rt *rapid.T) *play {
	p := &play{t: rt, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), services: map[int64][]model.Service{}, persons: map[int64]string{}}
	file := postgrestest.Invite(t, filepath.Join(t.TempDir(), fmt.Sprintf("%d.db", time.Now().UnixNano())))
	r, err := Open(file, Options{Clock: func() time.Time { p.now = p.now.Add(time.Minute); return p.now }})
	require.NoError(rt, err)
	p.Register = r
	account := func(kind model.AccountKind, n int) int64 {
		a, err := p.Accounts().Add(ctx, model.Account{Kind: kind, KnoxID: fmt.Sprintf("46%08d", n), CompanyName: fmt.Sprintf("%s %d", kind, n),
			Ours: kind != model.Customer})
		require.NoError(rt, err)
		return a.ID
	}
	for n := range 3 {
		p.resellers = append(p.resellers, account(model.Reseller, n))
	}
	for n := range 2 {
		p.msps = append(p.msps, account(model.MSP, n))
	}
	for n := range 5 {
		p.customers = append(p.customers, account(model.Customer, n))
	}
	for i, services := range playedServices {
		customer := p.customers[i]
		_, err := p.Portal().SetServices(ctx, model.As(model.Customer, customer), customer, model.ServicesChange{Services: services})
		require.NoError(rt, err)
	}
	p.world = p.replay()
	return p
}

// replay makes the world that the acts make which are not undone.
func (p *play) replay() *world {
	w := newWorld(p.msps)
	for i, customer := range p.customers {
		w.services[customer] = slices.Clone(playedServices[i])
	}
	for _, a := range p.acts {
		if !a.gone {
			require.Empty(p.t, a.apply(w), "act %d stands and cannot be played again", a.id)
		}
	}
	return w
}

// did compares the answer to an act with the world's, and keeps the act if it was accepted.
func (p *play) did(t *rapid.T, done model.Done, err error, apply func(*world) model.Code) {
	want := apply(p.replay())
	require.Equal(t, want, model.CodeOf(err), "%v", err)
	if err == nil {
		p.persons[done.ActivityID] = p.Person()
		p.acts = append(p.acts, &playedAct{id: done.ActivityID, apply: apply})
		p.world = p.replay()
	}
}

func one[T any](t *rapid.T, of []T, what string) T { return rapid.SampledFrom(of).Draw(t, what) }

// targets are what a reseller may upload to.
func (p *play) targets() []int64 { return slices.Concat(p.msps, p.customers) }

// The devices of the play: few, so that they meet again. The second IMEI of one is the first of the next but nine.
func playedDevice(n int) model.Identifiers {
	ids := model.Identifiers{IMEI1: fmt.Sprintf("35%013d", n), Serial: fmt.Sprintf("R%010d", n)}
	if n%3 == 0 {
		ids.IMEI2 = fmt.Sprintf("35%013d", n+10)
	}
	return ids
}

func (p *play) upload(t *rapid.T) {
	reseller, target := one(t, p.resellers, "reseller"), one(t, p.targets(), "target")
	numbers := rapid.SliceOfNDistinct(rapid.IntRange(0, 40), 1, 5, rapid.ID[int]).Draw(t, "devices")
	slices.Sort(numbers)
	var list []model.NewDevice
	var identifiers []model.Identifiers
	taken := map[string]bool{}
	for _, n := range numbers {
		ids := playedDevice(n)
		if !taken[ids.IMEI1] && (ids.IMEI2 == "" || !taken[ids.IMEI2]) {
			list = append(list, model.NewDevice{Identifiers: ids, Model: fmt.Sprintf("SM-%d", n%3)})
			identifiers = append(identifiers, ids)
		}
		taken[ids.IMEI1], taken[ids.IMEI2] = true, true
	}
	made, done, err := p.Uploads().Add(ctx, model.NewUpload{ResellerID: reseller, TargetID: target,
		UploadedBy: model.As(model.Reseller, reseller)}, list, nil)
	var ids []int64
	if err == nil {
		require.NoError(t, p.read.Raw("SELECT id FROM devices WHERE upload_id = ? ORDER BY id", made.ID).Scan(&ids).Error)
	}
	at := p.now
	p.did(t, done, err, func(w *world) model.Code { return w.upload(made.ID, at, reseller, target, identifiers, ids) })
}

func (p *play) anyUploads(t *rapid.T) []int64 {
	if len(p.world.uploads) == 0 {
		t.Skip("no upload yet")
	}
	var ids []int64
	for _, u := range p.world.uploads {
		ids = append(ids, u.id)
	}
	return ids
}

func (p *play) approve(t *rapid.T) {
	id := one(t, p.anyUploads(t), "upload")
	u := p.world.uploadWith(id)
	by := one(t, []model.View{model.As(model.MSP, u.target), model.As(model.Reseller, u.reseller), model.As(model.MSP, p.msps[0]),
		model.As(model.Reseller, p.resellers[0])}, "by")
	done, err := p.Uploads().Approve(ctx, by, []int64{id})
	p.did(t, done, err, func(w *world) model.Code { return w.approve(by, id) })
}

func (p *play) registerReseller(t *rapid.T) {
	msp, reseller := one(t, p.msps, "MSP"), one(t, p.resellers, "reseller")
	auto, waiting := rapid.Bool().Draw(t, "auto-approve"), rapid.Bool().Draw(t, "approve waiting")
	done, err := p.Resellers().Register(ctx, msp, reseller, auto, waiting)
	p.did(t, done, err, func(w *world) model.Code { return w.register(msp, reseller, auto, waiting) })
}

func (p *play) setAutoApprove(t *rapid.T) {
	msp, reseller := one(t, p.msps, "MSP"), one(t, p.resellers, "reseller")
	on, waiting := rapid.Bool().Draw(t, "on"), rapid.Bool().Draw(t, "approve waiting")
	done, err := p.Resellers().SetAutoApprove(ctx, msp, reseller, on, waiting)
	p.did(t, done, err, func(w *world) model.Code { return w.setAutoApprove(msp, reseller, on, waiting) })
}

func (p *play) removeReseller(t *rapid.T) {
	msp, reseller := one(t, p.msps, "MSP"), one(t, p.resellers, "reseller")
	done, err := p.Resellers().Remove(ctx, msp, reseller)
	p.did(t, done, err, func(w *world) model.Code { return w.removeReseller(msp, reseller) })
}

func (p *play) addCustomer(t *rapid.T) {
	reseller, target := one(t, p.resellers, "reseller"), one(t, p.targets(), "target")
	done, err := p.Customers().Add(ctx, reseller, target, "")
	p.did(t, done, err, func(w *world) model.Code { return w.addCustomer(reseller, target) })
}

func (p *play) customerRemovedUs(t *rapid.T) {
	reseller, target := one(t, p.resellers, "reseller"), one(t, p.targets(), "target")
	done, err := p.Customers().RemovedUs(ctx, reseller, target)
	p.did(t, done, err, func(w *world) model.Code { return w.customerRemovedUs(reseller, target) })
}

func (p *play) manage(t *rapid.T) {
	msp, customer := one(t, p.msps, "MSP"), one(t, p.customers, "customer")
	how := one(t, []model.ManagementType{model.FullyManaged, model.JointlyManaged}, "type")
	if rapid.Bool().Draw(t, "answer") {
		accept := rapid.IntRange(0, 3).Draw(t, "accept") > 0
		done, err := p.Managements().Answer(ctx, msp, customer, accept)
		p.did(t, done, err, func(w *world) model.Code { return w.answerRequest(msp, customer, accept) })
		return
	}
	done, err := p.Managements().Request(ctx, msp, customer, how, nil)
	p.did(t, done, err, func(w *world) model.Code { return w.request(msp, customer, how) })
}

func (p *play) delink(t *rapid.T) {
	msp, customer := one(t, p.msps, "MSP"), one(t, p.customers, "customer")
	switch one(t, []string{"joint", "ask", "ask", "answer", "answer"}, "step") {
	case "joint":
		done, err := p.Managements().SwitchToJoint(ctx, msp, customer)
		p.did(t, done, err, func(w *world) model.Code { return w.switchToJoint(msp, customer) })
	case "ask":
		done, err := p.Managements().RequestDelink(ctx, msp, customer)
		p.did(t, done, err, func(w *world) model.Code { return w.requestDelink(msp, customer) })
	default:
		accept := rapid.IntRange(0, 3).Draw(t, "accept") > 0
		done, err := p.Managements().AnswerDelink(ctx, msp, customer, accept)
		p.did(t, done, err, func(w *world) model.Code { return w.answerDelink(msp, customer, accept) })
	}
}

// selection draws devices of the register, mostly those that the viewer sees.
func (p *play) selection(t *rapid.T, view model.View) (model.DeviceSelection, []int64) {
	seen := p.world.seen(view)
	if rapid.IntRange(0, 9).Draw(t, "foreign") == 0 {
		seen = p.world.devices
	}
	if len(seen) == 0 {
		t.Skip("no device")
	}
	var ids []int64
	for _, d := range seen {
		if rapid.Bool().Draw(t, "selected") || len(ids) == 0 {
			ids = append(ids, d.id)
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "all but") > 0 {
		return model.DeviceSelection{Query: model.DeviceQuery{View: view}, IDs: ids}, ids
	}
	var rest []int64
	for _, d := range p.world.seen(view) {
		if !slices.Contains(ids, d.id) {
			rest = append(rest, d.id)
		}
	}
	return model.DeviceSelection{Query: model.DeviceQuery{View: view}, All: true, IDs: ids}, rest
}

func (p *play) move(t *rapid.T) {
	msp, customer := one(t, p.msps, "MSP"), one(t, p.customers, "customer")
	selection, ids := p.selection(t, model.As(model.MSP, msp))
	done, err := p.Devices().Move(ctx, selection, customer, nil)
	made := map[int64]int64{} // by reseller
	if err == nil {
		var rows []struct{ ID, ResellerID int64 }
		require.NoError(t, p.read.Raw("SELECT id, reseller_id FROM uploads WHERE activity_id = ?", done.ActivityID).Scan(&rows).Error)
		for _, row := range rows {
			made[row.ResellerID] = row.ID
		}
	}
	at := p.now
	p.did(t, done, err, func(w *world) model.Code { return w.move(msp, customer, ids, at, made) })
}

func (p *play) delete(t *rapid.T) {
	view := model.As(model.Reseller, one(t, p.resellers, "reseller"))
	if rapid.Bool().Draw(t, "by MSP") {
		view = model.As(model.MSP, one(t, p.msps, "MSP"))
	}
	selection, ids := p.selection(t, view)
	done, err := p.Devices().Delete(ctx, selection, nil)
	p.did(t, done, err, func(w *world) model.Code { return w.delete(view, ids, done.ActivityID) })
}

func (p *play) reportFailures(t *rapid.T) {
	reseller := one(t, p.resellers, "reseller")
	numbers := rapid.SliceOfNDistinct(rapid.IntRange(0, 40), 1, 3, rapid.ID[int]).Draw(t, "devices")
	var failures []DeviceFailure
	var identifiers []string
	for _, n := range numbers {
		failures = append(failures, DeviceFailure{Identifier: playedDevice(n).IMEI1, Reason: "Not a Samsung device"})
		identifiers = append(identifiers, playedDevice(n).IMEI1)
	}
	want := p.world.holders(reseller, identifiers)
	done, _, err := p.Devices().ReportFailures(ctx, reseller, failures, nil)
	if err == nil { // those that it found: what comes or comes back later has nothing to do with it
		var marked []int64
		require.NoError(t, p.read.Raw("SELECT device_id FROM placements WHERE activity_id = ? ORDER BY 1", done.ActivityID).Scan(&marked).Error)
		require.ElementsMatch(t, want, marked)
	}
	p.did(t, done, err, func(w *world) model.Code { return w.reportFailures(reseller, want) })
}

func (p *play) approveInPortal(t *rapid.T) {
	id := one(t, p.anyUploads(t), "upload")
	customer := p.world.uploadWith(id).target
	if slices.Contains(p.msps, customer) {
		customer = p.customers[0]
	}
	name := one(t, []model.Service{model.KnoxMobileEnrollment, model.KnoxManage, model.KnoxGuard, model.KnoxConfigure, model.KnoxEFOTA},
		"service")
	by := model.As(model.Customer, customer)
	if rapid.Bool().Draw(t, "by MSP") {
		by = model.As(model.MSP, one(t, p.msps, "MSP"))
	}
	done, err := p.Portal().Approve(ctx, by, customer, name, []int64{id})
	p.did(t, done, err, func(w *world) model.Code { return w.approveInPortal(by, customer, name, id) })
}

func (p *play) standing(t *rapid.T) []*playedAct {
	var acts []*playedAct
	for _, a := range p.acts {
		if !a.gone {
			acts = append(acts, a)
		}
	}
	if len(acts) == 0 {
		t.Skip("nothing to undo")
	}
	return acts
}

func (p *play) undoLast(t *rapid.T) {
	acts := p.standing(t)
	last := acts[len(acts)-1]
	found, err := p.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	require.Equal(t, last.id, found.ID)
	_, err = p.Activity().Undo(ctx, last.id, nil)
	require.NoError(t, err, "nothing builds on the last act")
	last.gone = true
	p.world = p.replay()
}

// undoEarlier undoes any act: if the register allows it, the later acts must stand without it.
func (p *play) undoEarlier(t *rapid.T) {
	act := one(t, p.standing(t), "act")
	if _, err := p.Activity().Undo(ctx, act.id, nil); err != nil {
		require.Equal(t, model.Refused, model.CodeOf(err), "%v", err)
		return
	}
	act.gone = true
	p.world = p.replay()
}
