// Package curt is servers for tests that speak PostgreSQL's protocol as far as the first refusal.
package curt

import (
	"crypto/tls"
	"net"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Serve answers every login with one error of the server, after a proof by the certificate or, without one, refusing encryption. It returns
// the port on 127.0.0.1 and ends with the test.
func Serve(tb testing.TB, certificate *tls.Certificate, code string) (port int) {
	tb.Helper()
	return serve(tb, func(conn net.Conn) { answer(conn, certificate, code) })
}

func answer(conn net.Conn, certificate *tls.Certificate, code string) {
	defer conn.Close()
	for {
		backend := pgproto3.NewBackend(conn, conn)
		message, err := backend.ReceiveStartupMessage()
		if err != nil {
			return
		}
		if _, asks := message.(*pgproto3.SSLRequest); !asks {
			backend.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: code, Message: "no"})
			_ = backend.Flush()
			return
		}
		if certificate == nil {
			_, _ = conn.Write([]byte("N"))
			continue
		}
		_, _ = conn.Write([]byte("S"))
		conn = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{*certificate}, MinVersion: tls.VersionTLS12})
	}
}

// OfVersion is a server that lets everybody in and whose only answer is its version, as 120017. It returns the port on 127.0.0.1 and ends
// with the test.
func OfVersion(tb testing.TB, version int) (port int) {
	tb.Helper()
	return serve(tb, func(conn net.Conn) {
		defer conn.Close()
		backend := pgproto3.NewBackend(conn, conn)
		if _, err := backend.ReceiveStartupMessage(); err != nil {
			return
		}
		send := func(messages ...pgproto3.BackendMessage) {
			for _, m := range messages {
				backend.Send(m)
			}
			_ = backend.Flush()
		}
		ready := &pgproto3.ReadyForQuery{TxStatus: 'I'}
		send(&pgproto3.AuthenticationOk{}, ready)
		for {
			message, err := backend.Receive()
			if err != nil {
				return
			}
			switch message.(type) {
			case *pgproto3.Parse:
				send(&pgproto3.ParseComplete{})
			case *pgproto3.Bind:
				send(&pgproto3.BindComplete{})
			case *pgproto3.Describe:
				const int4, text = 23, 0
				send(&pgproto3.RowDescription{Fields: []pgproto3.FieldDescription{{Name: []byte("version"), DataTypeOID: int4, DataTypeSize: 4,
					TypeModifier: -1, Format: text}}})
			case *pgproto3.Execute:
				send(&pgproto3.DataRow{Values: [][]byte{[]byte(strconv.Itoa(version))}}, &pgproto3.CommandComplete{CommandTag: []byte("SELECT 1")})
			case *pgproto3.Sync:
				send(ready)
			case *pgproto3.Terminate:
				return
			}
		}
	})
}

// serve has answer answer every connection until the test ends.
func serve(tb testing.TB, answer func(net.Conn)) (port int) {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answer(conn)
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
}
