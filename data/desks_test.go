package data

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// The tests of several desks run the test binary as children, each a desk whose person does random acts upon the same devices.
const (
	deskRole = "CONSIGN_DESK_ROLE" // clerk or approver
	deskPath = "CONSIGN_DESK_PATH"
	deskSeed = "CONSIGN_DESK_SEED"
	deskActs = "CONSIGN_DESK_ACTS"
)

// actsOfADesk is how many acts each desk does; CONSIGN_DESK_ACTS asks for others.
const actsOfADesk = 60

// devicesOfDesks is how many devices they act upon: few, so that they meet.
const devicesOfDesks = 80

func deskActsAsked() int {
	if n, err := strconv.Atoi(os.Getenv(deskActs)); err == nil {
		return n
	}
	return actsOfADesk
}

// deskChild does random acts and writes a line about each: the id of its act, or why it was refused.
func deskChild(role string) int {
	seed, _ := strconv.ParseUint(os.Getenv(deskSeed), 10, 64)
	r, err := Open(os.Getenv(deskPath), Options{MustExist: true, Person: role})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer r.Close()
	office, err := r.Activity().LastUndoable(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if role == "hanging" {
		return hang(r)
	}
	a := &actor{r: r, random: rand.New(rand.NewPCG(seed, 16)), office: office.ID}
	for range deskActsAsked() {
		begin := time.Now()
		done, err := a.act(role)
		if err != nil {
			fmt.Printf("refused\t%s\t%d\t%v\n", model.CodeOf(err), time.Since(begin).Milliseconds(), err)
		} else {
			fmt.Printf("done\t%d\t%d\t%s\n", done.ActivityID, time.Since(begin).Milliseconds(), done.Event)
		}
	}
	return 0
}

// actor is the person of a desk.
type actor struct {
	r      *Register
	random *rand.Rand
	office int64 // the latest act when the desk opened: what came before is not undone
}

func (a *actor) act(role string) (model.Done, error) {
	north, msp := model.As(model.Reseller, crashReseller), model.As(model.MSP, crashMSP)
	customers := [...]int64{crashCustomer, crashCustomer + 1}
	by := north
	if role == "approver" {
		by = msp
	}
	switch n := a.random.IntN(10); {
	case role == "clerk" && n < 5:
		targets := [...]int64{crashMSP, customers[0], customers[1]}
		_, done, err := a.r.Uploads().Add(ctx, model.NewUpload{ResellerID: crashReseller, TargetID: targets[a.random.IntN(3)], UploadedBy: north},
			a.list(), nil)
		return done, err
	case role == "clerk" && n < 6:
		_, done, err := a.failures()
		return done, err
	case n < 4:
		ids, err := a.r.Uploads().IDs(ctx, model.UploadQuery{View: msp})
		if err != nil || len(ids) == 0 {
			return model.Done{}, err
		}
		return a.r.Uploads().Approve(ctx, msp, ids[a.random.IntN(len(ids)):][:1])
	case role == "approver" && n < 7:
		sel, err := a.some(msp)
		if err != nil {
			return model.Done{}, err
		}
		return a.r.Devices().Move(ctx, sel, customers[a.random.IntN(2)], nil)
	case n < 9:
		sel, err := a.some(by)
		if err != nil {
			return model.Done{}, err
		}
		return a.r.Devices().Delete(ctx, sel, nil)
	}
	last, err := a.r.Activity().LastUndoable(ctx)
	if err != nil || last.ID <= a.office {
		return model.Done{}, err
	}
	return a.r.Activity().Undo(ctx, last.ID, nil)
}

func (a *actor) failures() (missing []string, done model.Done, err error) {
	done, missing, err = a.r.Devices().ReportFailures(ctx, crashReseller, []DeviceFailure{{a.list()[0].First(), "stolen"}}, nil)
	return missing, done, err
}

// list is a list of some devices, with IMEIs that are the first of one and the second of another.
func (a *actor) list() (list []model.NewDevice) {
	for _, n := range a.random.Perm(devicesOfDesks)[:1+a.random.IntN(6)] {
		d := model.NewDevice{Model: fmt.Sprint("SM-", n%3)}
		d.IMEI1 = fmt.Sprintf("35%013d", n)
		if n%2 == 0 {
			d.IMEI2 = fmt.Sprintf("35%013d", (n+devicesOfDesks/2+1)%devicesOfDesks+a.random.IntN(2)*devicesOfDesks)
		}
		list = append(list, d)
	}
	return list
}

func (a *actor) some(v model.View) (model.DeviceSelection, error) {
	ids, err := a.r.Devices().IDs(ctx, model.DeviceQuery{View: v})
	if err != nil {
		return model.DeviceSelection{}, err
	}
	a.random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	return only(v, ids[:min(len(ids), 1+a.random.IntN(4))]...), nil
}

// desksDone is what children said.
type desksDone struct {
	mu      sync.Mutex
	done    map[int64]int // acts by their id, how often
	refused map[string]int
	longest time.Duration
	odd     []string // refusals that no rule explains
}

// runDesk runs a desk until it has ended or is killed; its error is that of the process.
func (s *desksDone) runDesk(t *testing.T, role, path string, seed int, killAfter time.Duration) {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), deskRole+"="+role, deskPath+"="+path, fmt.Sprintf("%s=%d", deskSeed, seed))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Error(err)
		return
	}
	if killAfter > 0 {
		defer time.AfterFunc(killAfter, func() { child.Process.Kill() }).Stop()
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		s.hear(lines.Text())
	}
	if err := child.Wait(); err != nil && killAfter == 0 {
		t.Errorf("%s: %v", role, err)
	}
}

func (s *desksDone) hear(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	words := strings.SplitN(line, "\t", 4)
	if ms, err := strconv.Atoi(words[2]); err == nil {
		s.longest = max(s.longest, time.Duration(ms)*time.Millisecond)
	}
	if words[0] == "done" {
		id, _ := strconv.ParseInt(words[1], 10, 64)
		s.done[id]++
		return
	}
	s.refused[words[1]]++
	switch model.Code(words[1]) {
	case model.Conflict, model.Refused, model.NotFound, model.Invalid:
	default:
		s.odd = append(s.odd, line)
	}
}

// sharedDesk is a desk of an office with an MSP on a server.
func sharedDesk(t *testing.T) *desk {
	if !postgrestest.Wanted() {
		t.Skip("a register in a file is for one desk")
	}
	d := newDesk(t)
	d.register(d.north, false)
	d.manage(d.contoso, model.JointlyManaged)
	d.manage(d.fabrikam, model.FullyManaged)
	return d
}

// requireSoundAfter fails unless counters, uniqueness, references and the chain hold, and every act that a desk was told is there once.
func (s *desksDone) requireSoundAfter(d *desk, before int, unknown int) {
	d.t.Helper()
	require.Empty(d.t, s.odd)
	require.NoError(d.t, d.Safe().Check(ctx))
	d.logHolds()
	for id, times := range s.done {
		if id != 0 { // an act that found nothing to do
			require.Equal(d.t, 1, times, "act %d", id)
			require.Equal(d.t, 1, d.value("SELECT count(*) FROM activity WHERE id = ?", id), "act %d is lost", id)
		}
	}
	delete(s.done, 0)
	acts := d.value("SELECT count(*) FROM activity") - before
	require.GreaterOrEqual(d.t, acts, len(s.done))
	require.LessOrEqual(d.t, acts, len(s.done)+unknown, "acts that nobody was told of")
	for _, v := range []model.View{model.As(model.Reseller, d.north), model.As(model.MSP, d.msp), model.As(model.Customer, d.contoso)} {
		var rows int
		require.NoError(d.t, d.Devices().Each(ctx, all(v), func(model.Device) error { rows++; return nil }))
		require.Len(d.t, d.sees(v), rows)
	}
	living := d.value("SELECT count(*) FROM devices WHERE deleted IS NULL")
	require.Len(d.t, d.sees(model.As(model.Reseller, d.north)), living, "all came from one reseller")
	d.t.Logf("%d acts of %d desks' reports, refused %v, the longest took %v", acts, len(s.done), s.refused, s.longest)
}

func newDesksDone() *desksDone { return &desksDone{done: map[int64]int{}, refused: map[string]int{}} }

func TestTwoDesksActUponTheSameDevices(t *testing.T) {
	d := sharedDesk(t)
	before := d.value("SELECT count(*) FROM activity")
	s := newDesksDone()
	var both sync.WaitGroup
	for i, role := range [...]string{"clerk", "approver"} {
		both.Go(func() { s.runDesk(t, role, d.Path(), i, 0) })
	}
	both.Wait()
	s.requireSoundAfter(d, before, 0)
	require.Greater(t, len(s.done), deskActsAsked()/2)
}

// TestDesksThatAreKilledLeaveWholeActsAndHoldNobodyUp kills a clerk's desk again and again while an approver's goes on.
func TestDesksThatAreKilledLeaveWholeActsAndHoldNobodyUp(t *testing.T) {
	d := sharedDesk(t)
	before := d.value("SELECT count(*) FROM activity")
	s := newDesksDone()
	kills := max(4, deskActsAsked()/10)
	var both sync.WaitGroup
	both.Go(func() { s.runDesk(t, "approver", d.Path(), 1, 0) })
	both.Go(func() {
		for n := range kills {
			s.runDesk(t, "clerk", d.Path(), 100+n, time.Duration(300+rand.IntN(1500))*time.Millisecond)
		}
	})
	both.Wait()
	s.requireSoundAfter(d, before, kills)
}

// TestAnActWhoseAnswerIsLostIsNeitherLostNorDoneTwice cuts connections at their COMMIT,
// before the server hears it and after it has done it.
func TestAnActWhoseAnswerIsLostIsNeitherLostNorDoneTwice(t *testing.T) {
	d := sharedDesk(t)
	before := d.value("SELECT count(*) FROM activity")
	var cutter cutter
	s := newDesksDone()
	s.runDesk(t, "clerk", postgrestest.Way(t, d.Path(), cutter.carry), 7, 0)
	away := 0 // the act was not done, and the desk says so
	rest := s.odd[:0]
	for _, line := range s.odd {
		if strings.Contains(line, "not to be reached") {
			away++
		} else {
			rest = append(rest, line)
		}
	}
	s.odd = rest
	s.requireSoundAfter(d, before, 0)
	require.Positive(t, cutter.before.Load())
	require.Positive(t, cutter.after.Load())
	require.LessOrEqual(t, int64(away), cutter.before.Load())
	t.Logf("cut %d times before the server heard, %d times after it was done", cutter.before.Load(), cutter.after.Load())
}

// cutter is a proxy of a server that cuts every third COMMIT, one time before and one time after it.
type cutter struct {
	commits       atomic.Int64
	before, after atomic.Int64
}

func (c *cutter) carry(client net.Conn, to string) {
	defer client.Close()
	server, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer server.Close()
	var silent atomic.Bool
	go func() {
		defer client.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := server.Read(buf)
			if err != nil || silent.Load() {
				return
			}
			if _, err := client.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		if bytes.Contains(buf[:n], []byte("COMMIT\x00")) {
			switch c.commits.Add(1) % 6 {
			case 0:
				c.before.Add(1)
				return
			case 3:
				c.after.Add(1)
				silent.Store(true)
				if _, err := server.Write(buf[:n]); err == nil {
					_, _ = io.CopyN(io.Discard, client, 1) // until the other side has answered into nothing
				}
				return
			}
		}
		if _, err := server.Write(buf[:n]); err != nil {
			return
		}
	}
}
