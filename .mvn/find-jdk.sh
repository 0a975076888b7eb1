# Sets JDK_HOME to a JDK of at least the release given ($1), or explains how to get one.
# Looks at JAVA_HOME, the java on the PATH, then /usr/lib/jvm; reads the JDK's own release file,
# because starting a JVM only to ask its version would cost more than the answer.
jdk_release() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  JDK_HOME=
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") &&
    on_path=${on_path%/bin/javac}
  for candidate in "${JAVA_HOME:-}" "${on_path:-}" /usr/lib/jvm/*; do
    [ -n "$candidate" ] || continue
    release=$(jdk_release "$candidate")
    if [ "${release:-0}" -ge "$1" ]; then
      JDK_HOME=$candidate
      return 0
    fi
  done
  echo "besser: needs a JDK $1 or later; looked at JAVA_HOME, the PATH and /usr/lib/jvm" >&2
  echo "besser: install one (for example Temurin $1, https://adoptium.net) or set JAVA_HOME" >&2
  return 1
}

need_maven() {
  command -v mvn >/dev/null 2>&1 && return 0
  echo "besser: needs Maven to build; install it: apt-get install maven" >&2
  return 1
}
