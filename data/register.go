// Package data is the register: everything that is kept, and every act upon it. Each act is one transaction on the
// one writing connection; reading goes through connections of its own and never waits for an act (docs/register.md).
//
// All methods of Register and of its drawers (drawers.go) are safe on any goroutine. They block until they are done: never call
// them on the UI goroutine.
// Every error is a *model.Error.
package data

import (
	"context"
	"io"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/sirupsen/logrus"
	"gorm.io/gorm"

	"consign/data/engine"
	"consign/model"
)

// Register is an open register file, a desk with drawers. Open makes it, Close ends it.
type Register struct {
	path      string
	log       *logrus.Logger
	clock     func() time.Time
	engine    engine.Engine
	read      *gorm.DB      // the engine's
	write     *gorm.DB      // the engine's; nil if the register can only be read
	sealed    sealedColumns // read at the first act
	listeners engine.Listeners[Change]
	unheard   []func() // end hearing of other desks
	others    others
	ownClock  bool // Options.Clock
	damage    damage
	logCheck  atomic.Pointer[LogCheck] // the last one

	identifiers identifierText
	readAhead   *engine.Background // of identifiers
	watch       *engine.Background
	searched    searchedList
	countryName func(code string) string
	keeper      keeper // of automatic backups
	person      atomic.Pointer[string]
}

// Options of Open. The zero value is fine.
type Options struct {
	Log       *logrus.Logger   // nil: nothing is logged
	MustExist bool             // a missing file is NotFound instead of a new register
	Clock     func() time.Time // the time of acts; nil: time.Now
	// Waiting hears once, on the goroutine that opens, that another program holds the register: OpenContext then waits until it is free or
	// its context is done. Nil: it does not wait.
	Waiting func(*model.Error)
	// CountryName is how people call a country: lists by country are in the order of the names that they see. Nil: its code.
	CountryName func(code string) string
	Person      string  // who sits at the desk: see SetPerson
	Backups     Keeping // where automatic backups go
	Anew        bool    // a new register is made even where one was: see KeptOnly
	EvenDamaged bool    // a damaged one opens as far as it can be read: Damage tells, and acts are refused
	Password    string  // of the login to a shared register
}

// Open is OpenContext without an end of the waiting.
func Open(path string, o Options) (*Register, error) {
	return OpenContext(context.Background(), path, o)
}

// OpenContext opens the register at path, creates it with mode 0600 if it is missing, and brings its schema up to date. Nothing is changed,
// neither in the file nor beside it, unless the file is a register or one may be made there. A register that cannot be written is opened
// for reading: see ReadOnly. One that was not closed is checked first, and a restore that was interrupted is completed. The context ends
// the waiting and the check; afterwards it has no meaning. Errors: NotFound, Unreadable, Unwritable, NotRegister, Newer, Damaged, InUse,
// DiskFull, Cancelled, and KeptOnly when the file is missing where a register was.
func OpenContext(ctx context.Context, path string, o Options) (*Register, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, coded(err)
	}
	r := &Register{path: path, log: o.Log, clock: o.Clock, ownClock: o.Clock != nil, countryName: o.CountryName}
	if r.log == nil {
		r.log = logrus.New()
		r.log.SetOutput(io.Discard)
	}
	if r.countryName == nil {
		r.countryName = func(code string) string { return code }
	}
	if r.clock == nil {
		r.clock = time.Now
	}
	r.keeper.set(o.Backups)
	r.person.Store(new(string))
	if err := recoverRestore(path); err != nil {
		return nil, err
	}
	if err := missed(path, o.Backups); err != nil && !o.Anew {
		return nil, err
	}
	if err := r.open(ctx, o); err != nil {
		r.Close()
		return nil, coded(err)
	}
	return r, nil
}

// open opens the engine and begins what goes on in the background.
func (r *Register) open(ctx context.Context, o Options) error {
	unclean, err := r.openEngine(ctx, o)
	if err != nil {
		return err
	}
	if unclean || o.EvenDamaged { // the program or the machine ended in the midst of something, or it is known to be damaged
		if err := r.quickCheck(ctx); err != nil && !(o.EvenDamaged && r.Damage() != nil) {
			return err
		}
	}
	if r.IsShared() {
		if err := r.seeAll(ctx); err != nil {
			return err
		}
	}
	r.SetPerson(o.Person)
	r.unheard = []func(){r.engine.OnAct(r.hearOthers), r.engine.OnReach(r.reachChanged),
		r.engine.OnSettings(func() { r.listeners.Tell(SettingsChanged) })}
	r.readAhead = engine.InBackground(r.log, func(ctx context.Context) { r.identifiers.grow(ctx, r) })
	return nil
}

// Close ends the register and lets another Consign open it.
func (r *Register) Close() error {
	if r.engine == nil {
		return nil
	}
	for _, end := range r.unheard {
		end()
	}
	r.watch.Close()
	r.readAhead.Close()
	return coded(r.engine.Close())
}

// Engine is the database that keeps the register, with its version: "SQLite 3.53.3". Safe on any goroutine.
func (r *Register) Engine() string { return r.engine.Name() }

// Path is the absolute path of the register's file.
func (r *Register) Path() string { return r.path }

// Size is how many bytes the register takes on the disk.
func (d Safe) Size() (int64, error) {
	size, err := d.desk.engine.Size()
	return size, coded(err)
}

// ReadOnly is nil if acts are possible, else the reason why the register can only be read: Unwritable or DiskFull, Refused for a reader
// of a shared one; acts are refused with it. It stays until the register is opened again. Safe on any goroutine.
func (r *Register) ReadOnly() error { return r.engine.ReadOnly() }

// mayWrite is nil if acts are possible, else why not.
func (r *Register) mayWrite() error {
	if err := r.ReadOnly(); err != nil {
		return err
	}
	if err := r.Away(); err != nil {
		return err
	}
	return r.Damage()
}
