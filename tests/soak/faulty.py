"""faulty.py PORT: a site with one hole of each kind, on loopback, for whoever wants to know that a
scanner sees holes: a value in SQL, a value in a page, a file by its name."""
import http.server
import sqlite3
import sys
import urllib.parse

store = sqlite3.connect(":memory:", check_same_thread=False)
store.execute("CREATE TABLE item (id INTEGER, name TEXT)")
store.execute("INSERT INTO item VALUES (1, 'one'), (2, 'two')")

HOME = """<!DOCTYPE html><html><body><a href="/item?id=1">one</a>
<a href="/find?word=one">find</a>
<form method="post" action="/find"><input name="word" value="one"><input type="submit"></form>
</body></html>"""


class Site(http.server.BaseHTTPRequestHandler):
    def answer(self, values):
        path = urllib.parse.urlsplit(self.path).path
        text, status = HOME, 200
        if path == "/item":
            try:
                sql = "SELECT name FROM item WHERE id = " + values.get("id", ["0"])[0]
                text = "<p>%s</p>" % store.execute(sql).fetchall()
            except sqlite3.Error as error:
                text, status = "<p>sqlite3.OperationalError: %s</p>" % error, 500
        elif path == "/find":
            text = "<p>Nothing called %s.</p>" % values.get("word", [""])[0]
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(urllib.parse.parse_qs(body.decode("utf-8", "replace")))

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Site).serve_forever()
