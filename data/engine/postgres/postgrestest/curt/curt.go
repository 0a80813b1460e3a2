// Package curt is a server for tests that speaks PostgreSQL's protocol as far as the first refusal.
package curt

import (
	"crypto/tls"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Serve answers every login with one error of the server, after a proof by the certificate or, without one, refusing encryption. It returns
// the port on 127.0.0.1 and ends with the test.
func Serve(tb testing.TB, certificate *tls.Certificate, code string) (port int) {
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
			go answer(conn, certificate, code)
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
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
