"""
LocalStack (PyPI: localstack-core, Apache-2.0) as plain processes on this machine: no Docker, no account, no download.

    python host.py

  LAMBDA_RIC             folder of the npm package aws-lambda-ric: AWS's own runtime client, which runs the handlers
  DYNAMODB_LOCAL_JARS    folder with the jars of com.amazonaws:DynamoDBLocal (Maven Central) and all that it needs
  DYNAMODB_LOCAL_MAIN    path of DynamoDbLocal.java (binds DynamoDB Local to 127.0.0.1)
  NODE                   the node that functions run on (default: node)
  GATEWAY_LISTEN, PROVIDER_OVERRIDE_DYNAMODB=v2 and so on: LocalStack's own settings

Three things of LocalStack are replaced, and nothing of what it emulates:
  - the executor of functions: a Node process and a Runtime API in this process, instead of a container
  - the command that starts DynamoDB Local: jars from Maven, instead of a download
  - the gateway's interface: that of GATEWAY_LISTEN, instead of every one
"""

import json
import os
import queue
import subprocess
import threading
import time
from concurrent.futures import Future, TimeoutError as FutureTimeout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# --- the gateway -----------------------------------------------------------------------------------------------------
from twisted.internet import endpoints

from localstack import config

_Tcp4 = endpoints.TCP4ServerEndpoint
endpoints.TCP4ServerEndpoint = lambda reactor, port, backlog=511, interface="": _Tcp4(
    reactor, port, backlog, interface or config.GATEWAY_LISTEN[0].host
)

# --- DynamoDB Local --------------------------------------------------------------------------------------------------
from localstack.services.dynamodb import server as dynamodb
from localstack.utils.run import ShellCommandThread


def _start_dynamodb(self):
    jars, main = os.environ["DYNAMODB_LOCAL_JARS"], os.environ["DYNAMODB_LOCAL_MAIN"]
    options = ["-port", str(self.port)]
    options += ["-inMemory"] if self.in_memory else ["-dbPath", self.db_path]
    command = ["java", f"-Xmx{self.heap_size}", f"-Djava.library.path={jars}", "-cp", f"{jars}/*", main, *options]
    env = {**os.environ, "DDB_LOCAL_TELEMETRY": "0"}
    thread = ShellCommandThread(command, log_listener=dynamodb._log_listener, auto_restart=True, env_vars=env)
    dynamodb.TMP_THREADS.append(thread)
    thread.start()
    return thread


dynamodb.DynamodbServer.do_start_thread = _start_dynamodb

# --- functions -------------------------------------------------------------------------------------------------------
from localstack.services.lambda_.invocation import runtime_executor
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult

RUNTIME = "/2018-06-01/runtime"
INIT_SECONDS = 20


class HostRuntimeExecutor(runtime_executor.RuntimeExecutor):
    """One execution environment: a Node process on this machine, and the Runtime API that it asks for its events."""

    def __init__(self, id, function_version):
        super().__init__(id, function_version)
        self.api = self.process = self.current = None
        self.events = queue.Queue()
        self.ready = Future()
        self.lines = []

    # what LocalStack calls

    def start(self, env_vars):
        self.env = {name: str(value) for name, value in env_vars.items()}
        self.api = ThreadingHTTPServer(("127.0.0.1", 0), type("Api", (_RuntimeApi,), {"executor": self}))
        self.api.daemon_threads = True
        threading.Thread(target=self.api.serve_forever, daemon=True).start()
        self._spawn()

    def invoke(self, payload):
        if self.process is None or self.process.poll() is not None:
            self._spawn()
        request, seconds = payload["invoke-id"], self.function_version.config.timeout
        del self.lines[:]
        started = time.time()
        future = Future()
        self.current = (request, future)
        self.events.put((payload, int((started + seconds) * 1000)))
        try:
            body, is_error = future.result(seconds)
        except FutureTimeout:
            self._kill()
            message = f"RequestId: {request} Error: Task timed out after {seconds:.2f} seconds"
            body, is_error = _error("Sandbox.Timedout", message), True
        self.current = None
        return InvocationResult(request, body, is_error, self._log_of(request, time.time() - started))

    def stop(self):
        self._kill()
        if self.api is not None:
            self.api.shutdown()
            self.api.server_close()

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return ""  # LocalStack's own init would call it

    def get_logs(self):
        return "".join(self.lines)

    @classmethod
    def prepare_version(cls, function_version):
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass

    # the process

    def _spawn(self):
        """Returns when the handler's module is loaded, as AWS counts the time of a run from there."""
        settings = self.function_version.config
        ready = self.ready = Future()
        self.events = queue.Queue()
        ric = os.environ["LAMBDA_RIC"]
        code = str(settings.code.get_unzipped_code_location())
        env = {
            "PATH": os.environ["PATH"],
            "LANG": "en_US.UTF-8",
            "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
            "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true",
            **self.env,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{settings.runtime}",
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.api.server_port}",
            "LAMBDA_TASK_ROOT": code,
            "LAMBDA_RUNTIME_DIR": ric,
        }
        heap = f"--max-old-space-size={int(settings.memory_size * 0.9)}"
        command = [os.environ.get("NODE", "node"), heap, f"{ric}/index.mjs", settings.handler]
        streams = dict(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.process = subprocess.Popen(command, cwd=code, env=env, text=True, errors="replace", **streams)
        threading.Thread(target=self._watch, args=(self.process, ready), daemon=True).start()
        try:
            ready.result(INIT_SECONDS)
        except FutureTimeout:
            self._kill()
            raise StatusErrorException("init", _error("Sandbox.Timedout", "the function did not load in time")) from None

    def _watch(self, process, ready):
        for line in process.stdout:
            self.lines.append(line)
        status = process.wait()
        self.events.put(None)
        how = f"signal: {-status}" if status < 0 else f"exit status {status}"
        text = f"Runtime exited with error: {how}"
        if not ready.done():
            ready.set_exception(StatusErrorException("init", _error("Runtime.ExitError", text)))
        if self.current is not None and process is self.process:
            request, future = self.current
            if not future.done():
                future.set_result((_error("Runtime.ExitError", f"RequestId: {request} Error: {text}"), True))

    def _kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def _log_of(self, request, seconds):
        time.sleep(0.005)  # what the handler printed last is still in the pipe
        version = self.function_version.id.qualifier
        memory = self.function_version.config.memory_size
        took = f"Duration: {seconds * 1000:.2f} ms\tBilled Duration: {int(seconds * 1000) + 1} ms\tMemory Size: {memory} MB"
        return "".join(
            [f"START RequestId: {request} Version: {version}\n", *self.lines, f"END RequestId: {request}\n"]
            + [f"REPORT RequestId: {request}\t{took}\tMax Memory Used: {memory} MB\n"]
        )


class _RuntimeApi(BaseHTTPRequestHandler):
    """https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"""

    executor: HostRuntimeExecutor
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        executor = self.executor
        events = executor.events
        if not executor.ready.done():
            executor.ready.set_result(True)
        event = events.get()
        if event is None:  # nobody is there any more
            self.close_connection = True
            return
        payload, deadline = event
        body = payload["payload"].encode()
        self.send_response(200)
        for name, value in {
            "Lambda-Runtime-Aws-Request-Id": payload["invoke-id"],
            "Lambda-Runtime-Deadline-Ms": str(deadline),
            "Lambda-Runtime-Invoked-Function-Arn": payload["invoked-function-arn"],
            "Lambda-Runtime-Trace-Id": payload["trace-id"],
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self._body()
        parts = self.path.removeprefix(RUNTIME).strip("/").split("/")
        if parts == ["init", "error"] and not self.executor.ready.done():
            self.executor.ready.set_exception(StatusErrorException("init", body))
        if parts[0] == "invocation" and self.executor.current is not None:
            request, future = self.executor.current
            if parts[1] == request and not future.done():
                future.set_result((body, parts[2] == "error"))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def log_message(self, *_):
        pass


def _error(kind, message):
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()


class _Plugin:
    def load(self):
        return HostRuntimeExecutor


class _Manager:
    """In the place of the plugin manager, which would look for an installed package."""

    def exists(self, _name):
        return True

    def load(self, _name):
        return _Plugin()


runtime_executor.EXECUTOR_PLUGIN_MANAGER = _Manager()


def _end_with_the_runner():
    """Standard input is a pipe from the runner: when that has ended, however it ended, so does everything here."""
    while os.read(0, 1):
        pass
    os.killpg(os.getpgid(0), 9)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_runner, daemon=True).start()
    from localstack.runtime.main import main

    main()
