package data

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"consign/data/engine"
	"consign/model"
)

// Progress hears how far an act is, on the acting goroutine. It may be nil.
type Progress func(done, total int)

func (p Progress) report(done, total int) {
	if p != nil {
		p(done, total)
	}
}

// act is one act in the making: its transaction and what will stand in the activity log (domain §6).
type act struct {
	in       engine.Act
	tx       *gorm.DB // of in
	id       int64    // of the activity
	at       time.Time
	event    model.Event
	portal   model.Portal
	by       int64 // account that performs it, 0 for the directory
	person   string
	party    int64
	customer int64
	upload   int64
	devices  int
	text     model.Text
	parts    []model.Part
	change   Change
	subjects map[subject]bool // true: made by this act
	undo     []step           // in the order of the changes
	final    bool             // cannot be undone

	columns     sealedColumns
	deviceSeals []seal // of the devices that the act added
}

// subject is something that an act makes or builds on: an account, an upload or a pair of accounts.
type subject struct {
	name string
	id   int64
}

// The names of subjects.
const (
	ofAccount      = "account"
	ofCustomer     = "customer"     // pair: reseller, customer or MSP
	ofReference    = "reference"    // pair: reseller, customer or MSP
	ofStatus       = "status"       // pair: reseller, customer or MSP
	ofRegistration = "registration" // pair: MSP, reseller
	ofPreference   = "preference"   // pair: MSP, reseller
	ofManagement   = "management"   // pair: MSP, customer
	ofServices     = "services"     // account of a customer
	ofUpload       = "upload"       // its being there, and its kind
	ofVirtual      = "virtual"      // upload that a delink made virtual
	ofApproval     = "approval"     // upload
	ofDeletion     = "deletion"     // upload of deleted devices
	ofFailures     = "failures"     // upload of failed devices
	ofOrder        = "order"
	ofCarrying     = "carrying" // upload whose way to the portal was noted
	ofAct          = "act"      // an act whose deletion or exchange is carried to the portal
)

// pair is one number for two accounts, so that it names them before, while and after a row does.
func pair(first, second int64) int64 { return first<<32 | second }

// makes notes that the act made or changed something: a later act that builds on it forbids the undoing.
func (a *act) makes(name string, ids ...int64) {
	for _, id := range ids {
		a.subjects[subject{name, id}] = true
	}
}

// buildsOn notes that the act stands on something that an earlier act may have made.
func (a *act) buildsOn(name string, ids ...int64) {
	for _, id := range ids {
		if s := (subject{name, id}); !a.subjects[s] {
			a.subjects[s] = false
		}
	}
}

// millis is a time as the register keeps it.
func millis(t time.Time) int64 { return t.UnixMilli() }

// act runs one act: do inside one transaction, with its activity entry and subjects, then the change signal and a
// line in the log. When do or anything else fails, nothing of it remains.
func (r *Register) act(ctx context.Context, event model.Event, by model.View, do func(a *act) error) (model.Done, error) {
	if err := r.mayWrite(); err != nil {
		return model.Done{}, err
	}
	if err := r.May(event); err != nil {
		return model.Done{}, err
	}
	begin := time.Now()
	a := &act{at: r.clock(), event: event, portal: by.Portal, by: by.Account, person: r.Person(), change: ActivityChanged,
		subjects: map[subject]bool{}}
	err := r.engine.Act(ctx, func(in engine.Act) error {
		a.in, a.tx = in, in.Tx()
		if at := in.Begun(); !at.IsZero() && !r.ownClock {
			a.at = at
		}
		if err := r.openLink(a); err != nil {
			return err
		}
		if err := a.begin(event); err != nil {
			return err
		}
		if err := do(a); err != nil {
			return err
		}
		if err := a.finish(); err != nil {
			return err
		}
		r.others.mine(a.id, true)
		return nil
	})
	log := r.log.WithField("event", string(event))
	if err != nil {
		r.others.mine(a.id, false)
		err = r.told(err)
		log.WithField("code", string(model.CodeOf(err))).Warn("act refused or failed")
		return model.Done{}, err
	}
	log.WithField("activity", a.id).WithField("devices", a.devices).WithField("ms", time.Since(begin).Milliseconds()).Info("act done")
	r.engine.SettleAsync()
	r.listeners.Tell(a.change)
	return model.Done{ActivityID: a.id, Event: event, Devices: a.devices, Text: a.text, Parts: a.parts}, nil
}

// takeRoom lets the act keep more in memory until it ends.
func (a *act) takeRoom() error { return a.in.TakeRoom() }

// begin writes the activity, so that rows can refer to it.
func (a *act) begin(event model.Event) error {
	row := activity{At: millis(a.at), Event: event, Portal: a.portal, PerformedBy: optional(a.by), Person: a.person}
	err := a.tx.Create(&row).Error
	a.id = row.ID
	return err
}

// finish completes the activity with what the act found and did.
func (a *act) finish() error {
	if a.party == a.customer { // the other party is never the customer again
		a.party = 0
	}
	row := activity{ID: a.id, PartyID: optional(a.party), CustomerID: optional(a.customer), UploadID: optional(a.upload),
		Devices: a.devices, Detail: a.detail()}
	if !a.final {
		row.Undo = append([]step{}, a.undo...)
	}
	if err := a.tx.Select("party_id", "customer_id", "upload_id", "devices", "detail", "undo").Updates(&row).Error; err != nil {
		return err
	}
	if err := a.writeSubjects(); err != nil {
		return err
	}
	return a.closeLink()
}

func (a *act) writeSubjects() error {
	rows := make([][]any, 0, len(a.subjects))
	for s, made := range a.subjects {
		n := 0
		if made {
			n = 1
		}
		rows = append(rows, []any{s.name, s.id, n})
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	return a.tx.Exec(`INSERT INTO activity_subjects (activity_id, subject, subject_id, made)
		SELECT ?, value ->> 0, CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS INTEGER) FROM json_each(?) WHERE true
		ON CONFLICT (subject, subject_id, activity_id) DO UPDATE SET made = excluded.made
		WHERE excluded.made > activity_subjects.made`, a.id, string(list)).Error
}
