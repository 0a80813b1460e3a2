package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"slices"

	"consign/model"
)

// This file looks whether every device stands where the acts left it. It goes back from where the devices stand now, act by act: what an
// act did to a device must be there, and then the device stands where it stood before. At the act that brought it, it must stand where it
// came. So nothing need be written for each device that an act moves or deletes.

// sealedUpload is what the walk needs to know of an upload.
type sealedUpload struct{ activity, reseller int64 }

// replay is where the devices stood at the act that the walk has come to.
type replay struct {
	*checker
	blocks  []*block // by first id
	near    int      // the block that the last device was in
	reasons map[int64]string
	texts   map[string]string // reasons that repeat
	undid   map[int64][]loggedAct
	made    map[[2]int64]int64 // uploads by act and reseller
	uploads map[int64]sealedUpload
	born    map[int64][]*block // by upload's act
}

type block struct {
	deviceSeal
	activity int64 // that sealed it
	stands   []standing
	broken   bool // something in it is told already
	void     bool // its seal was changed: it says nothing about its devices
}

func (k *checker) checkDevices() error {
	p := &replay{checker: k, reasons: map[int64]string{}, texts: map[string]string{}, undid: map[int64][]loggedAct{},
		made: map[[2]int64]int64{}, uploads: map[int64]sealedUpload{}, born: map[int64][]*block{}}
	for _, part := range [...]func() error{p.readUploads, p.readBlocks, p.readDevices, p.walkBack} {
		if err := part(); err != nil {
			return err
		}
	}
	for _, b := range p.blocks {
		if b.UploadID == nil && !b.void {
			p.checkBase(b)
		}
	}
	return nil
}

func (p *replay) readUploads() error {
	return p.c.each("SELECT id, activity_id, reseller_id FROM uploads", nil, func(s *statement) error {
		p.made[[2]int64{s.int(1), s.int(2)}] = s.int(0)
		p.uploads[s.int(0)] = sealedUpload{s.int(1), s.int(2)}
		return nil
	})
}

// readBlocks reads the seals of devices and compares them with the chain.
func (p *replay) readBlocks() error {
	err := p.c.each("SELECT first_id, devices, upload_id, hash, checks, state_hash, state_checks FROM device_seals ORDER BY first_id", nil,
		func(s *statement) error {
			b := &block{deviceSeal: deviceSeal{FirstID: s.int(0), Devices: int(s.int(1)), Hash: s.blob(3), Checks: s.blob(4),
				StateHash: s.blob(5), StateChecks: s.blob(6)}}
			if !s.isNull(2) {
				upload := s.int(2)
				b.UploadID = &upload
			}
			key := sealKey{sealOfDevices, b.FirstID}
			latest, known := p.latest[key]
			delete(p.latest, key)
			b.activity = latest.activity
			if !known || !latest.is(b.seal().Hash) {
				p.tellBlock(b.FirstID, latest.activity)
				if b.broken, b.void = true, true; b.Devices < 0 || b.Devices > rowsPerStatement {
					return nil
				}
			}
			b.stands = make([]standing, b.Devices)
			p.blocks = append(p.blocks, b)
			if b.UploadID != nil && !b.void {
				p.born[b.activity] = append(p.born[b.activity], b)
			}
			return nil
		})
	if err != nil {
		return err
	}
	for key, s := range p.latest {
		if key.kind == sealOfDevices {
			p.tellBlock(key.key, s.activity)
		}
	}
	return nil
}

func (p *replay) tellBlock(first, activity int64) {
	p.tell(LogBreak{Kind: BrokenChain, Activity: activity, DeviceID: first,
		Text: model.Say("The seals of devices from {{.Device}} on were changed.", "Device", first)})
}

// block is the one that a device with the id is in, nil for none.
func (p *replay) block(id int64) *block {
	if p.near < len(p.blocks) && id >= p.blocks[p.near].FirstID && id < p.blocks[p.near].end() {
		return p.blocks[p.near]
	}
	i, exact := slices.BinarySearchFunc(p.blocks, id, func(b *block, id int64) int { return int(min(max(b.FirstID-id, -1), 1)) })
	if !exact {
		i--
	}
	if i < 0 || id >= p.blocks[i].end() {
		return nil
	}
	p.near = i
	return p.blocks[i]
}

// device is where the device stands, nil if it is not sealed or not there.
func (p *replay) device(id int64) *standing {
	b := p.block(id)
	if b == nil {
		return nil
	}
	if d := &b.stands[id-b.FirstID]; d.there {
		return d
	}
	return nil
}

// tellDevice adds a break of a device, the first one only.
func (p *replay) tellDevice(d *standing, id, activity int64, text model.Text) {
	if d.told {
		return
	}
	d.told = true
	p.tell(LogBreak{Kind: BrokenDevice, Activity: activity, DeviceID: id, UploadID: d.upload, Text: text})
}

// readDevices reads where every device stands and compares what never changes with the seals.
func (p *replay) readDevices() error {
	var rows storedRows
	var now *block
	next := 0 // block
	end := func() {
		if now == nil {
			return
		}
		rows.end()
		p.tellMissing(now)
		if sum := sha256.Sum256(rows.buf); !now.broken && !bytes.Equal(sum[:], now.Hash) {
			p.tellBlock(now.FirstID, now.activity)
		}
		now = nil
	}
	stored, err := storedDevices(p.c)
	if err != nil {
		return err
	}
	err = p.c.each(stored, nil, func(s *statement) error {
		id := s.int(0)
		b := p.block(id)
		if b != now {
			end()
			if now = b; b != nil {
				for ; next < p.near; next++ {
					p.tellMissing(p.blocks[next])
				}
				rows.reset()
			}
		}
		if p.steps.done++; p.steps.done%rowsPerStatement == 0 {
			p.steps.add(0)
		}
		if b == nil {
			p.tell(LogBreak{Kind: BrokenDevice, DeviceID: id, UploadID: s.int(1),
				Text: model.Say("A device was added without an act: {{.Device}}.", "Device", id)})
			return nil
		}
		p.readDevice(b, &rows, s)
		return nil
	})
	if err != nil {
		return err
	}
	end()
	for ; next < len(p.blocks); next++ {
		p.tellMissing(p.blocks[next])
	}
	return nil
}

func (p *replay) readDevice(b *block, rows *storedRows, s *statement) {
	id := s.int(0)
	at := id - b.FirstID
	d := &b.stands[at]
	var reason string
	if *d, reason = readStanding(s); d.failed {
		text, known := p.texts[reason]
		if !known {
			text = reason
			p.texts[reason] = reason
		}
		p.reasons[id] = text
	}
	rows.checks = rows.checks[:0]
	rows.add(s)
	if !b.void && !bytes.Equal(rows.checks, b.Checks[4*at:4*at+4]) {
		b.broken = true
		p.tellDevice(d, id, b.activity, model.Say("A device was changed without an act: {{.Device}}.", "Device", id))
	}
}

// tellMissing tells the devices of a block that are not there.
func (p *replay) tellMissing(b *block) {
	for i := range b.stands {
		if d := &b.stands[i]; !d.there {
			b.broken = true
			id := b.FirstID + int64(i)
			p.tellDevice(d, id, b.activity, model.Say("A device was removed without an act: {{.Device}}.", "Device", id))
		}
	}
}

// walkBack takes the acts back from the latest to the base.
func (p *replay) walkBack() error {
	for _, a := range p.acts {
		if a.undoneBy != 0 {
			p.undid[a.undoneBy] = append(p.undid[a.undoneBy], a)
		}
	}
	for i := len(p.acts) - 1; i >= 0 && p.acts[i].id > p.base.ActivityID; i-- {
		a := p.acts[i]
		for _, old := range p.undid[a.id] {
			if old.id <= p.base.ActivityID { // what the base holds of it is to come back; else it and its undoing are as nothing
				if err := p.redo(a, old); err != nil {
					return err
				}
			}
		}
		if a.undoneBy == 0 {
			if err := p.takeBack(a); err != nil {
				return err
			}
		}
		for _, b := range p.born[a.id] {
			p.checkBorn(b)
		}
	}
	return nil
}

// takeBack lets the devices stand where they stood before the act.
func (p *replay) takeBack(a loggedAct) error {
	err := p.eachDeleted(a.id, func(id int64, d *standing) {
		if !d.deleted {
			p.tellStanding(d, id, a.id)
		}
		d.deleted = false
	})
	if err != nil {
		return err
	}
	if reports(a.event) {
		if err := p.checkReasons(a); err != nil {
			return err
		}
	}
	return p.eachPlaced(a.id, func(id int64, d *standing, was standing, reason string) {
		switch {
		case reports(a.event) && !p.moves(a.id, d):
			if !d.failed {
				p.tellStanding(d, id, a.id)
			}
			p.fail(id, d, was.failed, reason)
		case a.event == model.CustomerDelinked:
			if d.upload != was.moved || d.moved != 0 {
				p.tellStanding(d, id, a.id)
			}
			d.upload, d.moved = was.upload, was.moved
		case a.event == model.DevicesExchanged: // came in the place of one that was moved
			if d.upload != was.upload || d.moved == 0 {
				p.tellStanding(d, id, a.id)
			}
			d.moved = was.moved
		default:
			if d.upload != was.upload || !p.moves(a.id, d) {
				p.tellStanding(d, id, a.id)
			}
			d.moved = was.moved
		}
	})
}

// moves tells whether an act made the upload by which a device is moved.
func (p *replay) moves(act int64, d *standing) bool {
	return d.moved != 0 && p.uploads[d.moved] == sealedUpload{act, p.uploads[d.upload].reseller}
}

// redo lets the devices stand as before the act a undid old.
func (p *replay) redo(a, old loggedAct) error {
	err := p.eachDeleted(old.id, func(id int64, d *standing) {
		if d.deleted {
			p.tellStanding(d, id, a.id)
		}
		d.deleted = true
	})
	if err != nil {
		return err
	}
	return p.eachPlaced(old.id, func(id int64, d *standing, was standing, reason string) {
		if reports(old.event) {
			// a take-over that made uploads may have moved the device: then it is back, whatever failed
			back := d.upload == was.upload && d.moved == was.moved && p.made[[2]int64{old.id, p.uploads[was.upload].reseller}] != 0
			if !back && (d.failed != was.failed || p.reasons[id] != reason) {
				p.tellStanding(d, id, a.id)
			}
			d.failed, d.lost = true, true
			return
		}
		if d.upload != was.upload || d.moved != was.moved {
			p.tellStanding(d, id, a.id)
		}
		if old.event == model.DevicesExchanged {
			d.moved = p.movedBeside(old.id, id)
			return
		}
		if old.event == model.CustomerDelinked {
			d.upload, d.moved = was.moved, 0
		} else {
			d.moved = p.made[[2]int64{old.id, p.uploads[was.upload].reseller}]
		}
	})
}

// movedBeside is where an MSP had moved the device in whose place another came.
func (p *replay) movedBeside(activityID, newID int64) (moved int64) {
	_ = p.c.each("SELECT old_id FROM exchanges WHERE activity_id = ? AND new_id = ?", []any{activityID, newID}, func(s *statement) error {
		if old := p.device(s.int(0)); old != nil {
			moved = old.moved
		}
		return nil
	}) // what cannot be read differs
	return moved
}

func (p *replay) fail(id int64, d *standing, failed bool, reason string) {
	d.failed = failed
	delete(p.reasons, id)
	if failed {
		p.reasons[id] = reason
	}
}

func (p *replay) tellStanding(d *standing, id, activity int64) {
	p.tellDevice(d, id, activity, model.Say("A device is not where the acts left it: {{.Device}}.", "Device", id))
}

// eachDeleted calls f for every device that the act lists as deleted.
func (p *replay) eachDeleted(activityID int64, f func(int64, *standing)) error {
	return p.c.each("SELECT devices FROM deletions WHERE activity_id = ?", []any{activityID}, func(s *statement) error {
		var ids []int64
		if err := json.Unmarshal(s.bytes(0), &ids); err != nil {
			return nil // the seal of the list tells
		}
		for _, id := range ids {
			if d := p.device(id); d != nil {
				f(id, d)
			}
		}
		return nil
	})
}

// eachPlaced calls f for every device that the act placed, with where it stood before.
func (p *replay) eachPlaced(activityID int64, f func(id int64, d *standing, was standing, reason string)) error {
	return p.c.each("SELECT device_id, upload_id, moved_id, failure FROM placements WHERE activity_id = ?", []any{activityID},
		func(s *statement) error {
			if d := p.device(s.int(0)); d != nil {
				f(s.int(0), d, standing{upload: s.int(1), moved: s.int(2), failed: !s.isNull(3)}, s.text(3))
			}
			return nil
		})
}

// checkReasons compares why the devices failed that the act reported with what it sealed.
func (p *replay) checkReasons(a loggedAct) error {
	h := sha256.New()
	var checks []int64
	err := p.c.each("SELECT device_id FROM placements WHERE activity_id = ? ORDER BY 1", []any{a.id}, func(s *statement) error {
		id := s.int(0)
		if p.device(id) != nil {
			checks = append(checks, id)
			writeNumbers(h, id)
			writeText(h, p.reasons[id])
		}
		return nil
	})
	if err != nil || p.latest[sealKey{sealOfReasons, a.id}].is(h.Sum(nil)) || len(checks) == 0 {
		return err
	}
	b := LogBreak{Kind: BrokenDevice, Activity: a.id,
		Text: model.Say("Why devices failed that entry {{.Entry}} reported was changed: {{.Devices}}.", "Entry", a.id, "Devices", len(checks))}
	if len(checks) == 1 {
		b.DeviceID = checks[0]
	}
	p.tell(b)
	return nil
}

// checkBorn looks whether the devices of a block stand where they came.
func (p *replay) checkBorn(b *block) {
	for i := range b.stands {
		if d := &b.stands[i]; d.there && (d.upload != *b.UploadID || d.moved != 0 || d.deleted || d.failed) {
			p.tellStanding(d, b.FirstID+int64(i), b.activity)
		}
	}
}

// checkBase looks whether the devices of a block stand where they stood when the chain began.
func (p *replay) checkBase(b *block) {
	h := sha256.New()
	var state []byte
	told, lost := false, false
	for i := range b.stands {
		d := &b.stands[i]
		id := b.FirstID + int64(i)
		state = d.append(state[:0], p.reasons[id])
		h.Write(state)
		lost = lost || d.lost
		if d.there && !d.lost && !bytes.Equal(appendCheck(nil, state), b.StateChecks[4*i:4*i+4]) {
			p.tellStanding(d, id, b.activity)
		}
		told = told || d.told
	}
	if !told && !lost && !bytes.Equal(h.Sum(nil), b.StateHash) {
		p.tellBlock(b.FirstID, b.activity)
	}
}
