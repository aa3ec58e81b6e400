"""How the peers in Python are timed, and how every time is kept: as spillway_bench prints them."""
import statistics
import subprocess
import sys
import time


class Times:
    """Seconds by workload, size and who; the amount of work by workload and size; what the machine can do; operations and
    bytes by workload and size."""

    def __init__(self):
        self.seconds, self.units, self.machine, self.work = {}, {}, {}, {}

    def read(self, line):
        """Takes a line of spillway_bench: `time W1 3951 1422360 ours 0.01 0.02` , `machine NAME NUMBER` or
        `bound W1 3951 OPERATIONS BYTES`."""
        words = line.split()
        if words[0] == "machine":
            self.machine[words[1]] = float(words[2])
        elif words[0] == "bound":
            self.work[words[1], int(words[2])] = float(words[3]), float(words[4])
        elif words[0] == "time":
            workload, size, who = words[1], int(words[2]), words[4]
            self.units[workload, size] = float(words[3])
            self.seconds[workload, size, who] = [float(word) for word in words[5:]]

    def add(self, workload, size, who, work, rounds):
        """Times `work`, after a round that does not count unless there is only one. Short work is done again until 20 ms are over,
        as spillway_bench does."""
        found = []
        for number in range(rounds + (rounds > 1)):
            start, taken, times = time.perf_counter(), 0.0, 0
            while taken < 0.02:
                work()
                times += 1
                taken = time.perf_counter() - start
            if number > 0 or rounds == 1:
                found.append(taken / times)
        self.seconds[workload, size, who] = found

    def median(self, workload, size, who):
        return statistics.median(self.seconds[workload, size, who])

    def bounds(self):
        """(workload, size, seconds its operations and its bytes take at the least, part of the bound reached)."""
        result = []
        for (workload, size), (operations, read) in sorted(self.work.items()):
            times = operations / self.machine["fma_per_second"], read / self.machine["bytes_per_second"]
            result.append((workload, size, *times, max(times) / self.median(workload, size, "ours")))
        return result

    def growth(self):
        """(loans, seconds, times those of a tenth of the loans), smallest first."""
        sizes = sorted(size for workload, size, _ in self.seconds if workload == "growth")
        medians = [self.median("growth", size, "ours") for size in sizes]
        return [(size, median, median / medians[i - 1] if i else None) for i, (size, median) in enumerate(zip(sizes, medians))]

    def rows(self):
        """(workload, size, who, median seconds, ratio to ours), ours first."""
        result = []
        compared = [key for key in self.seconds if key[0].startswith("W") and "_" not in key[0]]
        for workload, size, who in sorted(compared, key=lambda key: (key[0], key[1], key[2] != "ours", key[2])):
            median = self.median(workload, size, who)
            result.append((workload, size, who, median, median / self.median(workload, size, "ours")))
        return result


def run_program(command, times):
    """Runs spillway_bench, taking its lines as they come; ends with its failure."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            times.read(line)
    if process.returncode != 0:
        sys.exit(process.returncode)


def require_agreement(what, ours, theirs, tolerance):
    if abs(ours - theirs) > tolerance * abs(ours):
        sys.exit(f"no agreement on {what}: ours {ours!r}, theirs {theirs!r}")
