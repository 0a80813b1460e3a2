package postgres

import (
	"context"
	"crypto/x509"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/sirupsen/logrus"
	dialect "gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"consign/data/engine"
	"consign/model"
)

// readers is how many connections read at the same time.
const readers = 4

// What every connection asks of the server. A desk that dies, or whose network does, holds nothing for longer than ten seconds: the server
// looks whether it is still there while a statement runs, while it is silent, and while it has a transaction open and says nothing.
var ofConnections = map[string]string{
	"application_name":                    "Consign",
	"client_connection_check_interval":    "2000",
	"tcp_keepalives_idle":                 "3",
	"tcp_keepalives_interval":             "2",
	"tcp_keepalives_count":                "3",
	"tcp_user_timeout":                    "9000",
	"idle_in_transaction_session_timeout": "9000",
	"jit":                                 "off",
	"cursor_tuple_fraction":               "1",
	"client_min_messages":                 "warning",
	"standard_conforming_strings":         "on",
}

// connectTimeout is for how long opening a connection may take.
const connectTimeout = 8 * time.Second

// keepAlive finds a server out that is gone, as the server does desks.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 3 * time.Second, Interval: 2 * time.Second, Count: 3}

// config is how connections to the place are made.
func (p Place) config(more ...string) (*pgx.ConnConfig, error) {
	c, err := pgx.ParseConfig(p.url())
	if err != nil {
		return nil, err
	}
	c.ConnectTimeout = connectTimeout
	// A statement goes to the server in one message with its arguments, and all come and go as texts: to have it compiled first would take
	// the way there and back once more, on every connection.
	c.DefaultQueryExecMode = pgx.QueryExecModeExec
	c.Fallbacks = nil // one way only: encrypted and verified, or on this machine
	if p.Root != "" && c.TLSConfig != nil {
		c.TLSConfig.RootCAs = x509.NewCertPool()
		if !c.TLSConfig.RootCAs.AppendCertsFromPEM([]byte(p.Root)) {
			return nil, model.Fail(model.Invalid, "The invitation is incomplete. Ask for a new one.")
		}
	}
	c.DialFunc = (&net.Dialer{Timeout: connectTimeout, KeepAliveConfig: keepAlive}).DialContext
	c.BuildContextWatcherHandler = func(on *pgconn.PgConn) ctxwatch.Handler { // a page that gives a query up keeps its connection
		return &pgconn.CancelRequestContextWatcherHandler{Conn: on, DeadlineDelay: 2 * time.Second}
	}
	for name, value := range ofConnections {
		c.RuntimeParams[name] = value
	}
	c.RuntimeParams["search_path"] = pgx.Identifier{p.Schema}.Sanitize()
	for i := 0; i < len(more); i += 2 {
		c.RuntimeParams[more[i]] = more[i+1]
	}
	return c, nil
}

// pool is GORM on at most conns connections, with the password as it is when one is made.
func pool(c *pgx.ConnConfig, log *logrus.Logger, conns int, password func() string) (*gorm.DB, error) {
	if log == nil {
		log = logrus.New()
		log.SetOutput(io.Discard)
	}
	neverAsk := stdlib.OptionShouldPing(func(context.Context, stdlib.ShouldPingParams) bool { return false }) // who hears the server knows
	asItIs := stdlib.OptionBeforeConnect(func(_ context.Context, c *pgx.ConnConfig) error {
		c.Password = password()
		return nil
	})
	db := sql.OpenDB(connector{stdlib.GetConnector(*c, neverAsk, asItIs)})
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	g, err := gorm.Open(dialector{&dialect.Dialector{Config: &dialect.Config{Conn: db}}}, &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 engine.Log{To: log},
		DisableAutomaticPing:   true,
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return g, nil
}

// dialector leaves arguments as the register writes them: the connection numbers them.
type dialector struct{ *dialect.Dialector }

// BindVarTo implements gorm.Dialector.
func (dialector) BindVarTo(writer clause.Writer, _ *gorm.Statement, _ any) { _ = writer.WriteByte('?') }

// connector makes connections that translate.
type connector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn, is := made.(*stdlib.Conn)
	if !is {
		return nil, errors.Join(errors.New("the driver's connection is another"), made.Close())
	}
	return &translator{conn}, nil
}

// translator puts every statement that it is given into PostgreSQL's words.
type translator struct{ *stdlib.Conn }

// CheckNamedValue implements driver.NamedValueChecker.
func (t *translator) CheckNamedValue(v *driver.NamedValue) (err error) {
	v.Value, err = plain(v.Value)
	return err
}

// ExecContext implements driver.ExecerContext.
func (t *translator) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	ours := translated(query).with(values(args))
	result, err := t.Conn.ExecContext(ctx, ours, args)
	return result, in(err, ours)
}

// QueryContext implements driver.QueryerContext.
func (t *translator) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	ours := translated(query).with(values(args))
	rows, err := t.Conn.QueryContext(ctx, ours, args)
	return rows, in(err, ours)
}

// in says in which statement something failed that the server does not understand: the log needs it.
func in(err error, query string) error {
	if engine.TroubleOf(err) == engine.Puzzled {
		return fmt.Errorf("%w in %s", err, query)
	}
	return err
}

func values(args []driver.NamedValue) []any {
	all := make([]any, len(args))
	for i, a := range args {
		all[i] = a.Value
	}
	return all
}

// pgxOf is the connection of pgx below one of database/sql.
func pgxOf(driverConn any) (*pgx.Conn, error) {
	t, is := driverConn.(*translator)
	if !is {
		return nil, errors.New("the register has no connection of its own")
	}
	return t.Conn.Conn(), nil
}
