package data

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"consign/model"
)

// TestAnySequenceOfActsIsUndoneStepByStep plays random acts, refused ones among them, and undoes them from the last to the first:
// after each undoing every party must know what it knew before that act, and the counters must hold all along.
func TestAnySequenceOfActsIsUndoneStepByStep(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := busyDesk(t)
		acts := d.allActs(rt)
		type doneAct struct {
			name   string
			id     int64
			before map[string]string
		}
		var done []doneAct
		for range rapid.IntRange(1, 40).Draw(rt, "acts") {
			act := rapid.SampledFrom(acts).Draw(rt, "act")
			before := d.known()
			result, err := act.do()
			d.countersHold()
			if err != nil {
				require.NotEqual(t, model.Internal, model.CodeOf(err), "%s: %v", act.name, err)
				require.Equal(t, before, d.known(), act.name)
				continue
			}
			done = append(done, doneAct{act.name, result.ActivityID, before})
		}
		for i := len(done) - 1; i >= 0; i-- {
			_, err := d.Activity().Undo(ctx, done[i].id, nil)
			require.NoError(t, err, done[i].name)
			d.countersHold()
			require.Equal(t, done[i].before, d.known(), done[i].name)
			d.logHolds()
		}
	})
}

// TestUndoingInAnyOrderLeavesNoWrongCounterAndNoBrokenRow undoes random acts, whichever the register allows.
func TestUndoingInAnyOrderLeavesNoWrongCounterAndNoBrokenRow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := busyDesk(t)
		acts := d.allActs(rt)
		var ids []int64
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			if len(ids) > 0 && rapid.Bool().Draw(rt, "undo") {
				_, err := d.Activity().Undo(ctx, rapid.SampledFrom(ids).Draw(rt, "which"), nil)
				if err != nil {
					require.Equal(t, model.Refused, model.CodeOf(err), "%v", err)
				}
			} else if done, err := rapid.SampledFrom(acts).Draw(rt, "act").do(); err == nil {
				ids = append(ids, done.ActivityID)
			}
			if rapid.IntRange(0, 9).Draw(rt, "seal anew") == 0 {
				d.sealAnew()
			}
			d.countersHold()
			require.Zero(t, d.value("SELECT count(*) FROM devices d JOIN uploads m ON m.id = d.moved_id WHERE m.kind <> 'moved' AND "+
				"d.deleted IS NULL"))
			require.Zero(t, d.value("SELECT count(*) FROM devices d JOIN uploads u ON u.id = d.upload_id WHERE u.kind = 'moved' AND "+
				"d.deleted IS NULL"))
			require.Zero(t, d.value("SELECT count(*) FROM devices d JOIN uploads u ON u.id = d.upload_id WHERE d.moved_id IS NOT NULL "+
				"AND u.approved_at IS NULL AND d.deleted IS NULL"), "moved but not approved")
			require.Zero(t, d.value("SELECT count(*) FROM customers WHERE status <> 'inactive' AND status <> "+earnedStatus))
		}
		d.logHolds()
	})
}

type namedAct struct {
	name string
	do   func() (model.Done, error)
}

// someActs are acts on the desk's accounts, whose devices are drawn when they are done.
func (d *busy) someActs(rt *rapid.T) []namedAct {
	msp, north, south := model.As(model.MSP, d.msp), model.As(model.Reseller, d.north), model.As(model.Reseller, d.south)
	some := func(v model.View) model.DeviceSelection {
		ids := d.sees(v)
		if len(ids) == 0 {
			return only(v, 1)
		}
		return only(v, rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, min(4, len(ids)), rapid.ID[int64]).Draw(rt, "devices")...)
	}
	upload := func(by model.View, target int64) func() (model.Done, error) {
		return func() (model.Done, error) {
			_, done, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: by.Account, TargetID: target, UploadedBy: by}, d.devices(3), nil)
			return done, err
		}
	}
	uploads := func(sql string) []int64 {
		var ids []int64
		require.NoError(d.t, d.read.Raw("SELECT id FROM uploads WHERE devices > 0 AND "+sql+" LIMIT 2").Scan(&ids).Error)
		return ids
	}
	return []namedAct{
		{"upload to MSP", upload(north, d.msp)},
		{"upload to MSP by south", upload(south, d.msp)},
		{"upload to customer", upload(north, d.contoso)},
		{"upload to new customer", upload(south, d.tailspin)},
		{"approve", func() (model.Done, error) {
			return d.Uploads().Approve(ctx, msp, uploads("kind = 'direct' AND approved_at IS NULL"))
		}},
		{"approve elsewhere", func() (model.Done, error) {
			return d.Uploads().Approve(ctx, north, uploads("kind <> 'moved' AND approved_at IS NULL"))
		}},
		{"approve in portal", func() (model.Done, error) {
			return d.Portal().Approve(ctx, msp, d.contoso, model.KnoxGuard, uploads("kind <> 'direct'"))
		}},
		{"approve in portal by reseller", func() (model.Done, error) {
			return d.Portal().Approve(ctx, north, d.contoso, model.KnoxMobileEnrollment, uploads("approved_at IS NULL"))
		}},
		{"move", func() (model.Done, error) { return d.Devices().Move(ctx, some(msp), d.contoso, nil) }},
		{"move on", func() (model.Done, error) { return d.Devices().Move(ctx, some(msp), d.fabrikam, nil) }},
		{"move all", func() (model.Done, error) { return d.Devices().Move(ctx, all(msp), d.contoso, nil) }},
		{"delete by MSP", func() (model.Done, error) { return d.Devices().Delete(ctx, some(msp), nil) }},
		{"delete by reseller", func() (model.Done, error) { return d.Devices().Delete(ctx, some(north), nil) }},
		{"report failures", func() (model.Done, error) {
			done, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{"350000000000003", "a"}, {"350000000000016", "b"}}, nil)
			return done, err
		}},
		{"request delink", func() (model.Done, error) { return d.Managements().RequestDelink(ctx, d.msp, d.contoso) }},
		{"delink", func() (model.Done, error) { return d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true) }},
		{"keep", func() (model.Done, error) { return d.Managements().AnswerDelink(ctx, d.msp, d.contoso, false) }},
		{"request", func() (model.Done, error) {
			return d.Managements().Request(ctx, d.msp, d.contoso, model.JointlyManaged, []model.Service{model.KnoxManage})
		}},
		{"accept", func() (model.Done, error) { return d.Managements().Answer(ctx, d.msp, d.contoso, true) }},
		{"switch", func() (model.Done, error) { return d.Managements().SwitchToJoint(ctx, d.msp, d.fabrikam) }},
		{"removed us", func() (model.Done, error) { return d.Customers().RemovedUs(ctx, d.north, d.msp) }},
		{"removed us too", func() (model.Done, error) { return d.Customers().RemovedUs(ctx, d.north, d.contoso) }},
		{"remove reseller", func() (model.Done, error) { return d.Resellers().Remove(ctx, d.msp, d.south) }},
		{"register", func() (model.Done, error) { return d.Resellers().Register(ctx, d.msp, d.south, true, true) }},
		{"register again", func() (model.Done, error) { return d.Resellers().Register(ctx, d.msp, d.north, false, false) }},
		{"preferences", func() (model.Done, error) { return d.Resellers().SetAutoApprove(ctx, d.msp, d.south, true, true) }},
		{"reference", func() (model.Done, error) { return d.Customers().EditReference(ctx, d.north, d.contoso, "other") }},
		{"services", func() (model.Done, error) {
			return d.Portal().SetServices(ctx, msp, d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxGuard},
				WaitIn: model.KnoxGuard})
		}},
		{"edit account", func() (model.Done, error) {
			return d.Accounts().Edit(ctx, d.contoso, AccountUpdate{CompanyName: new("Contoso 2")})
		}},
	}
}
