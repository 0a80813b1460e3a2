package data

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"consign/model"
)

// LogCheck is what CheckLog found.
type LogCheck struct {
	Since   time.Time // when the chain began: everything up to then counts as it stood
	Entries int       // of the log, and devices that were looked at
	Devices int
	Seal    string     // what stands for all of it, in 16 letters and digits: two registers with the same one hold the same log
	Breaks  []LogBreak // at most breaksListed, those of the log first
	More    int        // breaks that are not listed
}

// Sound reports whether nothing was found.
func (c LogCheck) Sound() bool { return len(c.Breaks) == 0 }

// BreakKind is what kind of thing differs from what the acts left.
type BreakKind string

// The kinds of breaks.
const (
	BrokenEntry  BreakKind = "entry"  // an entry of the log, or what it lists
	BrokenChain  BreakKind = "chain"  // the seals, or entries that are not there any more
	BrokenRow    BreakKind = "row"    // a row of a small table
	BrokenDevice BreakKind = "device" // a device
)

// LogBreak is a place where the register is not what its acts left. Numbers that do not apply are 0.
type LogBreak struct {
	Kind     BreakKind
	Text     model.Text // a sentence
	Table    string     // of the row
	Activity int64      // the entry that differs, or that wrote last what differs; it may be gone
	Before   int64      // the entries around Activity that are there
	After    int64
	UploadID int64
	DeviceID int64
}

// breaksListed is how many breaks a LogCheck lists: one statement of SQL may break a million devices.
const breaksListed = 100

// CheckLog looks whether everything in the register is as the acts in its log left it: the entries and what they list, the rows of
// the small tables, and every device, identifiers and place. A million devices take some seconds and some 40 MB. It reads one
// state of the register while acts go on. progress hears on the calling goroutine. Errors: Cancelled, Damaged when a table of the chain is
// not there, Unreadable. Safe on any goroutine.
func (d Safe) CheckLog(ctx context.Context, progress Progress) (LogCheck, error) {
	var found LogCheck
	err := d.desk.reading(ctx, func(c *reader) error {
		check := checker{c: c, progress: progress, latest: map[sealKey]sealed{}}
		if err := c.Passing(true); err != nil {
			return err
		}
		defer c.Passing(false)
		if err := check.run(); err != nil {
			return err
		}
		found = check.found
		return nil
	})
	if err != nil {
		return found, err
	}
	if before := d.desk.logCheck.Swap(&found); !found.Sound() && (before == nil || before.Sound()) {
		d.desk.listeners.Tell(LogBroken)
	}
	return found, nil
}

// LastLogCheck is what the last CheckLog found since the register was opened, the weekly one in the background included; before the first
// one the zero LogCheck, which is sound. Listeners hear when one finds the first break (LogBroken). Safe on any goroutine.
func (d Safe) LastLogCheck() LogCheck {
	if found := d.desk.logCheck.Load(); found != nil {
		return *found
	}
	return LogCheck{}
}

// sealKey names a seal among the latest ones.
type sealKey struct {
	kind string
	key  int64
}

// sealed is a latest seal: by which act, and the hash, if there is one.
type sealed struct {
	activity int64
	gone     bool
	hash     [32]byte
}

func (s sealed) is(hash []byte) bool { return !s.gone && bytes.Equal(s.hash[:], hash) }

// loggedAct is what the check needs of an entry.
type loggedAct struct {
	id, undoneBy int64
	event        model.Event
}

// checker is a check in the making.
type checker struct {
	c        *reader
	progress Progress
	steps    counter
	found    LogCheck
	latest   map[sealKey]sealed
	acts     []loggedAct // by id
	base     link        // the latest one
	last     link
}

func (k *checker) run() error {
	devices, err := k.c.number("SELECT count(*) FROM devices")
	if err != nil {
		return err
	}
	if err := k.readActs(); err != nil {
		return err
	}
	k.found.Entries, k.found.Devices = len(k.acts), devices
	k.steps = counter{progress: k.progress, total: devices + len(k.acts)}
	for _, part := range [...]func() error{k.checkLinks, k.checkHead, k.checkTables, k.checkDevices} {
		if err := part(); err != nil {
			return err
		}
	}
	k.found.Since = time.UnixMilli(k.base.At)
	for i := range k.found.Breaks {
		k.around(&k.found.Breaks[i])
	}
	return nil
}

func (k *checker) readActs() error {
	return k.c.each("SELECT id, coalesce(undone_by, 0), event FROM activity ORDER BY id", nil, func(s *statement) error {
		k.acts = append(k.acts, loggedAct{s.int(0), s.int(1), model.Event(s.text(2))})
		return nil
	})
}

// tell adds a break to the list.
func (k *checker) tell(b LogBreak) {
	if len(k.found.Breaks) == breaksListed {
		k.found.More++
		return
	}
	k.found.Breaks = append(k.found.Breaks, b)
}

// around finds the entries that stand around the one of the break.
func (k *checker) around(b *LogBreak) {
	i, there := slices.BinarySearchFunc(k.acts, b.Activity, func(a loggedAct, id int64) int { return int(min(max(a.id-id, -1), 1)) })
	if i > 0 {
		b.Before = k.acts[i-1].id
	}
	if there {
		i++
	}
	if i < len(k.acts) {
		b.After = k.acts[i].id
	}
}

// checkLinks goes along the chain, and keeps the latest seal of everything.
func (k *checker) checkLinks() error {
	seals, err := k.c.prepare("SELECT kind, key, hash FROM seals WHERE link_id = ? ORDER BY kind, key")
	if err != nil {
		return err
	}
	defer seals.close()
	return k.c.each("SELECT id, activity_id, base, at, hash FROM links ORDER BY id", nil, func(s *statement) error {
		l := link{ID: s.int(0), ActivityID: s.int(1), Base: s.int(2) != 0, At: s.int(3), Hash: s.blob(4)}
		var of []seal
		err := seals.byID(l.ID, func(s *statement) error {
			of = append(of, seal{Kind: s.text(0), Key: s.int(1), Hash: s.blob(2)})
			return nil
		})
		if err != nil {
			return err
		}
		k.follow(l, of)
		if l.Base { // seals all anew
			k.base = l
			clear(k.latest)
		}
		for _, s := range of {
			latest := sealed{activity: l.ActivityID, gone: s.Hash == nil}
			copy(latest.hash[:], s.Hash)
			k.latest[sealKey{s.Kind, s.Key}] = latest
		}
		k.last = l
		k.steps.add(1)
		return nil
	})
}

// follow looks whether a link follows the last one.
func (k *checker) follow(l link, seals []seal) {
	var head []byte
	if k.last.ID > 0 {
		head = headHash(k.last.Hash)
	}
	switch {
	case l.ID != k.last.ID+1:
		k.tell(LogBreak{Kind: BrokenChain, Activity: l.ActivityID,
			Text: model.Say("Entries of the log were removed before entry {{.Entry}}.", "Entry", l.ActivityID)})
	case !bytes.Equal(l.Hash, linkHash(head, l, slices.Values(seals))):
		k.tell(LogBreak{Kind: BrokenChain, Activity: l.ActivityID,
			Text: model.Say("The chain breaks at entry {{.Entry}}: its seals were changed, or entries before it were removed.", "Entry",
				l.ActivityID)})
	}
}

// checkHead looks whether the latest link is the latest that there was.
func (k *checker) checkHead() error {
	var head chainHead
	err := k.c.each("SELECT link_id, hash FROM chain_head WHERE id = 1", nil, func(s *statement) error {
		head = chainHead{LinkID: s.int(0), Hash: s.blob(1)}
		return nil
	})
	if err != nil {
		return err
	}
	if k.last.ID == 0 {
		k.tell(LogBreak{Kind: BrokenChain, Text: model.Say("The seals of the log were removed.")})
		return nil
	}
	if !bytes.Equal(head.Hash, headHash(k.last.Hash)) || head.LinkID != k.last.ID {
		k.tell(LogBreak{Kind: BrokenChain, Activity: k.last.ActivityID,
			Text: model.Say("The latest entries of the log were removed: it ends with entry {{.Entry}}.", "Entry", k.last.ActivityID)})
	}
	k.found.Seal = fmt.Sprintf("%X", headHash(k.last.Hash)[:8])
	return nil
}

// checkTables compares the rows of the small tables with their latest seals.
func (k *checker) checkTables() error {
	columns, err := readSealedColumns(k.c)
	if err != nil {
		return err
	}
	for _, t := range sealedTables {
		err := t.eachGroup(k.c, columns, "", func(s seal) error {
			key := sealKey{s.Kind, s.Key}
			latest, known := k.latest[key]
			switch {
			case !known || latest.gone:
				k.tell(t.added(s.Key, latest.activity))
			case !latest.is(s.Hash):
				k.tell(t.changed(s.Key, latest.activity))
			}
			delete(k.latest, key)
			return nil
		})
		if err != nil {
			return err
		}
		var missing []int64
		for key, s := range k.latest {
			if key.kind == t.name && !s.gone {
				missing = append(missing, key.key)
			}
		}
		slices.Sort(missing)
		for _, key := range missing {
			k.tell(t.removed(key, k.latest[sealKey{t.name, key}].activity))
		}
	}
	return nil
}

// The tables by what a break in them is told as.
const (
	tableOfLog    = "activity"
	tableOfUpload = "uploads"
)

// about is the break of rows of the table; wrote is the entry that wrote them last, 0 if none did.
func (t sealedTable) about(key, wrote int64) LogBreak {
	b := LogBreak{Kind: BrokenRow, Table: t.name, Activity: wrote}
	switch t.key {
	case "upload_id":
		b.UploadID = key
	case "activity_id":
		b.Kind, b.Activity = BrokenEntry, key
	}
	switch t.name {
	case tableOfLog:
		b.Kind, b.Activity = BrokenEntry, key
	case tableOfUpload:
		b.UploadID = key
	}
	return b
}

func (t sealedTable) changed(key, wrote int64) LogBreak {
	b := t.about(key, wrote)
	switch {
	case t.name == tableOfLog:
		b.Text = model.Say("Entry {{.Entry}} of the log was changed.", "Entry", key)
	case b.Kind == BrokenEntry:
		b.Text = model.Say("What entry {{.Entry}} lists ({{.Table}}) was changed.", "Entry", key, "Table", t.name)
	case b.UploadID != 0:
		b.Text = model.Say("An upload was changed without an act: {{.Table}}, {{.Key}}.", "Table", t.name, "Key", key)
	default:
		b.Text = model.Say("A row was changed without an act: {{.Table}}, {{.Key}}.", "Table", t.name, "Key", key)
	}
	return b
}

func (t sealedTable) removed(key, wrote int64) LogBreak {
	b := t.about(key, wrote)
	switch {
	case t.name == tableOfLog:
		b.Text = model.Say("Entry {{.Entry}} of the log was removed.", "Entry", key)
	case b.Kind == BrokenEntry:
		b.Text = model.Say("What entry {{.Entry}} listed ({{.Table}}) was removed.", "Entry", key, "Table", t.name)
	default:
		b.Text = model.Say("A row was removed without an act: {{.Table}}, {{.Key}}.", "Table", t.name, "Key", key)
	}
	return b
}

func (t sealedTable) added(key, wrote int64) LogBreak {
	b := t.about(key, wrote)
	switch {
	case t.name == tableOfLog:
		b.Text = model.Say("Entry {{.Entry}} of the log was written by no act.", "Entry", key)
	case b.Kind == BrokenEntry:
		b.Text = model.Say("Entry {{.Entry}} lists what no act wrote ({{.Table}}).", "Entry", key, "Table", t.name)
	default:
		b.Text = model.Say("A row was added without an act: {{.Table}}, {{.Key}}.", "Table", t.name, "Key", key)
	}
	return b
}
