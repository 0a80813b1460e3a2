package data

import (
	"os/exec"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"consign/model"
)

// psql runs a statement as the person, as whoever has their password and a tool may.
func (s *shared) psql(role model.Role, statement string, args ...any) error {
	conn, err := pgx.Connect(ctx, "postgres://"+s.server.Schema+"_"+names[role]+"@"+s.server.Host+":"+strconv.Itoa(s.server.Port)+"/"+
		s.server.Database)
	require.NoError(s.t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "SET search_path = "+s.server.Schema)
	require.NoError(s.t, err)
	_, err = conn.Exec(ctx, statement, args...)
	return err
}

// begun is the beginning of an act as a person with a tool would write it.
func begun(event, person string) string {
	return "BEGIN; UPDATE register SET act = act + 1; INSERT INTO activity (at, event, person) VALUES " +
		"((extract(epoch FROM now()) * 1000)::bigint, '" + event + "', '" + person + "'); "
}

// TestWhoWritesWithAToolIsRefused: a desk is not the only program that speaks to the server.
func TestWhoWritesWithAToolIsRefused(t *testing.T) {
	s := shareOffice(t).trading()
	s.source.upload(s.source.north, s.source.msp, s.source.devices(3)...)
	s.share()
	for name, c := range map[string]struct {
		role      model.Role
		statement string
	}{
		"a reader deletes devices":         {model.RegisterReader, "UPDATE devices SET deleted = 1"},
		"a reader adds to the log":         {model.RegisterReader, "INSERT INTO activity (id, at, event) VALUES (99, 0, 'devices deleted')"},
		"a reader takes a turn":            {model.RegisterReader, "UPDATE register SET act = act + 1"},
		"a reader makes a table":           {model.RegisterReader, "CREATE TABLE mine (a INTEGER)"},
		"a clerk writes without an entry":  {model.Clerk, "UPDATE uploads SET tags = '[]'"},
		"a clerk deletes without an entry": {model.Clerk, "UPDATE devices SET deleted = 1"},
		"a clerk deletes in an upload":     {model.Clerk, begun("devices uploaded", "Clara") + "UPDATE devices SET deleted = 1; COMMIT"},
		"a clerk does an act of approvers": {model.Clerk, begun("devices deleted", "Clara") + "COMMIT"},
		"a clerk names another person":     {model.Clerk, begun("devices uploaded", "Ben") + "COMMIT"},
		"an administrator names another":   {model.Administrator, begun("devices uploaded", "Ben") + "COMMIT"},
		"a clerk approves in an upload":    {model.Clerk, begun("devices uploaded", "Clara") + "UPDATE uploads SET approved_at = 1; COMMIT"},
		"a clerk uploads what is approved": {model.Clerk,
			begun("devices uploaded", "Clara") +
				"INSERT INTO uploads (uuid, kind, reseller_id, target_id, activity_id, uploaded_at, approved_at) SELECT 'u', 'direct', 1, 4, " +
				"max(id), 0, 1 FROM activity; COMMIT"},
		"a clerk has approvals given": {model.Clerk,
			begun("reseller registered", "Clara") +
				"UPDATE registrations SET auto_approve = 1; COMMIT"},
		"a clerk has approvals given quietly": {model.Clerk,
			begun("devices uploaded", "Clara") +
				"UPDATE registrations SET auto_approve = 1; COMMIT"},
		"a clerk prefers": {model.Clerk,
			begun("devices uploaded", "Clara") +
				"INSERT INTO preferences VALUES (4, 1, 'KM'); COMMIT"},
		"a clerk undoes nothing": {model.Clerk, begun("undone", "Clara") + "COMMIT"},
		"a clerk undoes an approver's act": {model.Clerk,
			begun("undone", "Clara") +
				"UPDATE activity SET undone_by = (SELECT max(id) FROM activity) WHERE event = 'reseller registered'; COMMIT"},
		"a clerk sets what approves":  {model.Clerk, "INSERT INTO settings VALUES ('moved.approve.at.once', 'true')"},
		"a clerk joins the approvers": {model.Clerk, "GRANT " + s.server.Schema + "_approver TO CURRENT_USER"},
		"a clerk takes a name":        {model.Clerk, "UPDATE persons SET name = 'Ben 2' WHERE name = 'Ben'"},
		"an approver changes an entry": {model.Approver,
			begun("devices uploaded", "Ben") +
				"UPDATE activity SET person = 'Clara' WHERE id = 1; COMMIT"},
		"an approver changes what was done": {model.Approver,
			begun("devices uploaded", "Ben") +
				"UPDATE activity SET detail = '{}' WHERE id = 1; COMMIT"},
		"an approver removes an entry":      {model.Approver, "DELETE FROM activity WHERE id = 1"},
		"an administrator removes an entry": {model.Administrator, "DELETE FROM activity WHERE id = 1"},
		"an administrator empties the log":  {model.Administrator, "TRUNCATE activity CASCADE"},
		"an administrator changes an entry": {model.Administrator, "UPDATE activity SET at = 0 WHERE id = 1"},
		"an administrator changes a device": {model.Administrator, "UPDATE devices SET imei1 = NULL"},
		"an approver writes another time": {model.Approver,
			"BEGIN; INSERT INTO activity (at, event, person) VALUES (1, 'devices uploaded', 'Ben'); COMMIT"},
		"an approver writes two entries": {model.Approver,
			begun("devices uploaded", "Ben") +
				"INSERT INTO activity (at, event, person) SELECT at, event, person FROM activity ORDER BY id DESC LIMIT 1; COMMIT"},
		"an approver takes several turns": {model.Approver, "UPDATE register SET act = act + 7"},
		"a clerk hides the names": {model.Clerk,
			"CREATE TEMP TABLE persons AS SELECT session_user::text AS login, 'Ben' AS name; " +
				begun("devices uploaded", "Ben") +
				"COMMIT"},
		"a clerk hides the log with a table": {model.Clerk,
			"CREATE TEMP TABLE activity AS SELECT * FROM " +
				s.server.Schema +
				".activity; UPDATE " +
				s.server.Schema +
				".devices SET deleted = 1"},
	} {
		t.Run(name, func(t *testing.T) {
			before := s.desks[model.Administrator].dump()
			err := s.psql(c.role, c.statement)
			e, is := err.(*pgconn.PgError)
			require.True(t, is, "%v", err)
			require.Equal(t, "42501", e.Code, e.Message)
			require.Equal(t, before, s.desks[model.Administrator].dump())
		})
	}
}

func TestAReaderWithPsqlIsRefused(t *testing.T) {
	psql, err := exec.LookPath("psql")
	if err != nil {
		t.Skip("psql is not installed")
	}
	s := shareOffice(t).trading().share()
	address := "postgres://" + s.server.Schema + "_Dora@" + s.server.Host + ":" + strconv.Itoa(s.server.Port) + "/" + s.server.Database
	run := func(statement string) (string, error) {
		out, err := exec.Command(psql, address, "-At", "-c", "SET search_path = "+s.server.Schema, "-c", statement).CombinedOutput()
		return string(out), err
	}
	out, err := run("SELECT count(*) > 0 FROM activity")
	require.NoError(t, err)
	require.Contains(t, out, "t")
	out, err = run("DELETE FROM devices")
	require.Error(t, err)
	require.Contains(t, out, "permission denied for table devices")
}
