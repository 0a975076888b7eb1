# For the scripts beside it: builds the benchmarks, or exits. Sets root, JDK_HOME and their classes.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
. "$root/.mvn/find-jdk.sh"
find_jdk 25 || exit 3
need_maven || exit 3
(cd "$root" && JAVA_HOME=$JDK_HOME mvn -q -B -DskipTests -Dspotless.check.skip=true package \
  -pl bench -am) >&2
classes="$root/bench/target/besser-bench-0.1.0.jar:$root/bench/target/lib/*"
