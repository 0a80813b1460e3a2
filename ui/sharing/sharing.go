// Package sharing is the assistant that takes a register from one desk to a server, so that several desks work in it: where, who, and what
// everybody gets. Everything in it belongs to Fyne's goroutine.
package sharing

import (
	"context"
	"net"
	"os"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// Offer is what the assistant needs of the program.
type Offer struct {
	Me    string // who sits at the desk: the first administrator
	Share func(context.Context, data.Sharing, data.Progress) (invitations []string, err error)
	// Open goes on in the shared register as the person whose invitation it is.
	Open func(invitation, password string)
}

// asked is the assistant on its way.
type asked struct {
	Offer
	host   page.Host
	server data.Server
}

// usualPort is PostgreSQL's.
const usualPort = 5432

// Ask begins the assistant: where the register shall lie.
func Ask(h page.Host, o Offer) {
	a := &asked{Offer: o, host: h, server: data.Server{Port: usualPort, Database: "consign", Schema: "consign"}}
	f := page.NewForm(h, title(), lang.L("Next"))
	f.Text(lang.L("Several desks work in one register when it lies on a server in your office or at a provider. " +
		"Everything in this register goes there. Its file stays as it is now, for reading."))
	there, box := lang.L("On a PostgreSQL server that is there"), lang.L("On a NAS or a PC that stays on")
	debian := lang.L("On a Debian server")
	where := control.NewRadio([]string{there, box, debian}, nil)
	where.SetSelected(there)
	f.Add(lang.L("Where?"), where)
	f.Submit = func() {
		f.Hide()
		if where.Selected == there {
			a.askServer("")
			return
		}
		a.askFiles(where.Selected == debian)
	}
	f.Show()
}

func title() string { return lang.L("Share this register") }

// readAddress reads a host, and maybe a port behind it.
func readAddress(text string) (host string, port int, err error) {
	host, port = strings.TrimSpace(text), usualPort
	if h, p, err := net.SplitHostPort(host); err == nil {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > 65535 {
			return "", 0, model.Fail(model.Invalid, "The port is a number from 1 to 65535.")
		}
		host, port = h, n
	}
	if host == "" || strings.ContainsAny(host, " /@") {
		return "", 0, model.Fail(model.Invalid, "Enter the server's name or address, such as register.example.org or 192.168.1.20.")
	}
	return host, port, nil
}

// address is what readAddress reads.
func address(s data.Server) string {
	if s.Host == "" || s.Port == usualPort {
		return s.Host
	}
	return net.JoinHostPort(s.Host, strconv.Itoa(s.Port))
}

// askFiles makes the files with which somebody sets a server up.
func (a *asked) askFiles(debian bool) {
	f := page.NewForm(a.host, lang.L("Files for the server"), lang.L("Choose a folder…"))
	says := lang.L("Consign writes a folder for the NAS or the PC: a file for Docker Compose with the server and its backups, " +
		"and a certificate. It is reached under the address that you enter here.")
	if debian {
		says = lang.L("Consign writes a folder for the Debian server: a script that sets PostgreSQL and its backups up, and a certificate. " +
			"It is reached under the address that you enter here.")
	}
	f.Text(says)
	at := f.Input(lang.L("Address"), "192.168.1.20")
	f.Rule(at, func() error {
		_, _, err := readAddress(at.Text)
		return err
	})
	f.Submit = func() {
		f.Hide()
		host, port, _ := readAddress(at.Text)
		page.AskFolderAsync(a.host, lang.L("Folder for the server's files"), func(folder string) {
			page.Read(a.host, func(context.Context) (data.Server, error) {
				return data.WriteServerFiles(folder, host, port, debian)
			}, func(s data.Server) {
				a.server = s
				a.askServer(started(folder, debian))
			})
		})
	}
	f.Show()
}

// started says how the server is started by its files.
func started(folder string, debian bool) string {
	words := map[string]any{"Folder": folder, "Command": "docker compose up -d"}
	if debian {
		words["Command"] = "sudo sh debian.sh"
	}
	return lang.L("The files are in {{.Folder}}. Bring the folder to the server and run “{{.Command}}” there. "+
		"Then go on here: what the server asks for is filled in.", words)
}

// askServer asks for the server and its administrator, whose password is used once.
func (a *asked) askServer(says string) {
	f := page.NewForm(a.host, lang.L("The server"), lang.L("Next"))
	if says == "" {
		says = lang.L("Ask whoever looks after the server. The administrator's password is used for this once and kept nowhere.")
	}
	f.Text(says)
	at := f.Input(lang.L("Address"), "register.example.org")
	at.SetText(address(a.server))
	database := f.Input(lang.L("Database"), "")
	database.SetText(a.server.Database)
	login := f.Input(lang.L("Administrator of the server"), "postgres")
	login.SetText(a.server.User)
	password := f.Input(lang.L("Password of the administrator"), "")
	password.Password = true
	password.SetText(a.server.Password)
	root := f.Input(lang.L("Certificate file"), lang.L("Only if the server has one of your own authority"))
	if a.server.Root != "" {
		root.SetText(lang.L("From the server's files"))
		root.Disable()
	}
	f.Rule(at, func() error {
		_, _, err := readAddress(at.Text)
		return err
	})
	for _, field := range []*control.Entry{database, login} {
		f.Rule(field, func() error {
			if strings.TrimSpace(field.Text) == "" {
				return model.Fail(model.Invalid, "This is needed.")
			}
			return nil
		})
	}
	f.Submit = func() {
		s := a.server
		s.Host, s.Port, _ = readAddress(at.Text)
		s.Database, s.User, s.Password = strings.TrimSpace(database.Text), strings.TrimSpace(login.Text), password.Text
		f.DoAsync(nil, func(ctx context.Context) error {
			if file := strings.TrimSpace(root.Text); file != "" && a.server.Root == "" {
				pem, err := os.ReadFile(file)
				if err != nil {
					return model.Fail(model.Unreadable, "The certificate file cannot be read.").Because(err)
				}
				s.Root = string(pem)
			}
			return data.TryServer(ctx, s)
		}, func() {
			a.server = s
			f.Hide()
			a.askPersons()
		})
	}
	f.Show()
}

// askPersons asks who works in the register and as what.
func (a *asked) askPersons() {
	f := page.NewForm(a.host, lang.L("Who works here?"), lang.L("Share"))
	f.Text(lang.L("One name on a line. The name stands in the log of every act, and nobody can act under another one."))
	fields := map[model.Role]*control.Entry{}
	for _, c := range captions() {
		fields[c.Role] = f.Lines(c.text, "", 2)
	}
	fields[model.Administrator].SetText(a.Me)
	f.Rule(fields[model.Administrator], func() error {
		if strings.TrimSpace(fields[model.Administrator].Text) == "" {
			return model.Fail(model.Invalid, "Somebody has to be an administrator of the register.")
		}
		return nil
	})
	f.Submit = func() {
		persons, err := readPersons(fields)
		if err != nil {
			f.Fail(nil, err)
			return
		}
		f.Hide()
		page.AskFolderAsync(a.host, lang.L("Folder for the invitations"), func(folder string) { a.shareAsync(persons, folder) })
	}
	f.Show()
}

// caption is a role in a line.
type caption struct {
	model.Role
	text string
}

// captions say what each role may do.
func captions() []caption {
	return []caption{
		{model.Administrator, lang.L("Administrators: everything, settings and updates too")},
		{model.Approver, lang.L("Approvers: everything but that")},
		{model.Clerk, lang.L("Clerks: no approving, deleting and delinking")},
		{model.RegisterReader, lang.L("Readers: look at everything, change nothing")},
	}
}

// readPersons are the persons in the fields, administrators first, with logins and passwords of their own.
func readPersons(fields map[model.Role]*control.Entry) (persons []data.Person, err error) {
	logins := map[string]string{}
	for i := len(model.Roles) - 1; i >= 0; i-- {
		role := model.Roles[i]
		for line := range strings.Lines(fields[role].Text) {
			name := model.PlainText(line)
			if name == "" {
				continue
			}
			login := data.LoginOf(name)
			if login == "" {
				login = "person." + strconv.Itoa(len(persons)+1)
			}
			if other, taken := logins[login]; taken {
				return nil, model.Fail(model.Invalid, "{{.Person}} and {{.Other}} cannot be told apart: write one of the names differently.",
					"Person", name, "Other", other)
			}
			logins[login] = name
			persons = append(persons, data.Person{Name: name, Login: login, Role: role, Password: data.NewPassword()})
		}
	}
	return persons, nil
}

func (a *asked) shareAsync(persons []data.Person, folder string) {
	var invitations []string
	a.host.RunAsync(lang.L("Bringing the register to the server…"), func(ctx context.Context, progress func(int, int)) (err error) {
		invitations, err = a.Share(ctx, data.Sharing{Server: a.server, Persons: persons, Folder: folder}, progress)
		return err
	}, func() { a.showPersons(persons, invitations, folder) })
}

// showPersons says what everybody gets. The passwords are shown this once.
func (a *asked) showPersons(persons []data.Person, invitations []string, folder string) {
	f := page.NewForm(a.host, lang.L("The register is shared"), lang.L("Open the shared register"))
	f.Text(lang.L("Everything has arrived and was compared. Give everybody the invitation with their name from the folder {{.Folder}}, "+
		"and tell them their password another way: it is shown only now.", map[string]any{"Folder": folder}))
	list, plain := container.NewVBox(), ""
	for _, p := range persons {
		name := control.NewName(p.Name+" · "+page.Word(p.Role), 0)
		password := control.NewValue(p.Password)
		password.TextStyle.Monospace = true
		list.Add(container.NewBorder(nil, nil, nil, password, name))
		plain += p.Name + "\t" + p.Login + "\t" + p.Password + "\n"
	}
	scroll := container.NewVScroll(list)
	scroll.SetMinSize(fyne.NewSize(0, min(list.MinSize().Height, listHeight)))
	f.Add("", scroll)
	f.Add("", container.NewHBox(control.NewButton(lang.L("Copy the passwords"), func() { fyne.CurrentApp().Clipboard().SetContent(plain) })))
	f.Only(lang.L("Close"), f.Hide)
	f.Submit = func() {
		f.Hide()
		a.Open(invitations[0], persons[0].Password)
	}
	f.Show()
}

const listHeight = 220
