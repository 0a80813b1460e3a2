// Package page says what a page of the desk is, what a page may ask of the desk, and describes the list page that both
// portals share. Everything in it belongs to Fyne's goroutine unless it says otherwise.
package page

import (
	"context"

	"fyne.io/fyne/v2"

	"consign/data"
	"consign/model"
	"consign/ui/task"
)

// Page is one page as the desk shows it. Nil functions mean that the page has no such thing.
type Page struct {
	// Title heads the page and names it in the trail of pages.
	Title string
	// Content fills the room under the heading. It is built once.
	Content fyne.CanvasObject
	// Actions are the buttons at the right of the heading, the main one last.
	Actions []fyne.CanvasObject
	// First has the keyboard when the page comes on screen, and when what has it goes. Without it, and while it is nil, the desk's
	// entry of the page has it.
	First func() fyne.Focusable
	// Count is how much waits on the page, which stands beside its title while it is a tab of another one.
	Count int
	// Retabbed is set by a page of which this one is a tab: it hears that Count or Actions are others.
	Retabbed func()
	// Seen hears that the page comes on screen, for what it shows that is not in the register.
	Seen func()
	// Shows is what the page shows: a change that touches it makes the desk call Reload, at once or when the page is next seen.
	Shows data.Change
	// Reload reads again what the page shows and keeps its place.
	Reload func()
	// Outdated is called in place of Reload when a change touches Shows: for a page that is too dear to read again unasked.
	Outdated func()
	// Settled calls then once nothing is being read that the page shows: a message that something is done is not to stand over old rows.
	Settled func(then func())
	// Search puts the focus into the page's search box (Ctrl+F).
	Search func()
	// Export offers the page's table as a file (Ctrl+E).
	Export func()
	// For is what a new upload is for that begins here: the customer or MSP, and the order, that the page is about or that is selected on it.
	For func() Purpose
	// Drop takes files that were dropped on the window while the page is shown; without it they become a new upload.
	Drop func(paths []string)
	// ByList looks up a list of devices and selects them, or does something with them (Ctrl+L).
	ByList func()
	// Paste takes text that is pasted while no field has the focus (Ctrl+V).
	Paste func(text string)
	// Submit does what the page is for (Ctrl+Enter).
	Submit func()
	// Leave asks before the page is left, if work on it would be lost: it calls leave when it may go.
	Leave func(leave func())
}

// Tab is one of the desk's tabs.
type Tab string

// The tabs.
const (
	ResellerTab Tab = "reseller"
	MSPTab      Tab = "msp"
	ActivityTab Tab = "activity"
	SettingsTab Tab = "settings"
)

// Place is where the desk can go: a page of a tab, what it is about, and for a list what it is narrowed to.
type Place struct {
	Tab  Tab
	Page string // one of the names below
	// ID is the account, upload or device that a detail page is about.
	ID int64
	// Acting is the account to act as there; 0 keeps the present one.
	Acting int64
	// Unfinished is where an upload in the making is kept that is gone on with, for New upload.
	Unfinished string
	// Files are device lists that New upload begins with, Order is the order that it is for.
	Files []string
	Order int64
	// Search and Filters narrow a list page (see grid.Question).
	Search  string
	Filters map[string]string
}

// Purpose is what an upload is for: a customer or MSP by its account id, and one of its orders; 0 for none.
type Purpose struct{ Customer, Order int64 }

// The pages of the tabs.
const (
	Overview  = "overview"
	Customers = "customers"
	Customer  = "customer" // ID: account
	Resellers = "resellers"
	Uploads   = "uploads"
	Upload    = "upload" // ID: upload
	Devices   = "devices"
	NewUpload = "new upload"
	Compare   = "compare"
	Orders    = "orders"
	ToCarry   = "to carry"
	Log       = "log"
	Settings  = "settings"
	Directory = "directory"
)

// Host is what a dialog may ask of what it is shown over: a desk, or what stands there while no register is open.
type Host interface {
	// Window is the window, for dialogs.
	Window() fyne.Window
	// Preferences keep layouts and choices of this user.
	Preferences() fyne.Preferences
	// RunAsync runs long work off the UI goroutine (see task.Runner). Errors are shown; then runs on the UI goroutine, only
	// after success.
	RunAsync(what string, work task.Work, then func())
	// ReadAsync runs a short read off the UI goroutine, without a sheet and beside others. Errors are shown; then runs on the
	// UI goroutine, only after success. Use Read.
	ReadAsync(read func(context.Context) error, then func())
	// Fail shows an error as a sentence; the log gets its cause. Nil and cancelled errors are silent.
	Fail(err error)
}

// Desk is what a page may ask of the desk around it.
type Desk interface {
	Host
	// Register is the open register: its drawers.
	Register() Drawers
	// Acting is the account of ours that the tab of this kind acts as; its ID is 0 if there is none.
	Acting(kind model.AccountKind) model.Account
	// Go shows another page.
	Go(Place)
	// Back leaves a detail page for the page before it.
	Back()
	// Report says what an act did, with a button that takes it back.
	Report(model.Done)
	// Say shows a short message that needs no answer.
	Say(text string)
	// Offer shows a short message with a button that does something about it, such as taking back what was done.
	Offer(text, button string, do func())
}

// Read reads a value off the UI goroutine and hands it to then on the UI goroutine. An error is shown instead.
func Read[T any](h Host, read func(context.Context) (T, error), then func(T)) {
	var value T
	h.ReadAsync(func(ctx context.Context) (err error) {
		value, err = read(ctx)
		return err
	}, func() { then(value) })
}

// Reread is Read for the page of one thing when it reads again: the desk goes back if the thing is gone.
func Reread[T any](d Desk, read func(context.Context) (T, error), then func(T)) {
	gone := false
	Read(d, func(ctx context.Context) (T, error) {
		value, err := read(ctx)
		if gone = model.CodeOf(err) == model.NotFound; gone {
			err = nil
		}
		return value, err
	}, func(value T) {
		if gone {
			d.Back()
			return
		}
		then(value)
	})
}

// Act runs an act of the register as long work, and reports what it did.
func Act(d Desk, what string, act func(context.Context, data.Progress) (model.Done, error), then func(model.Done)) {
	var done model.Done
	d.RunAsync(what, func(ctx context.Context, progress func(int, int)) (err error) {
		done, err = act(ctx, progress)
		return err
	}, func() {
		d.Report(done)
		if then != nil {
			then(done)
		}
	})
}

// Entry is one page in the sidebar of a tab.
type Entry struct {
	Page  string // its name in a Place
	Title string
	Icon  fyne.Resource
}
