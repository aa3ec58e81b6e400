#include "inputs.h"
#include "spillway/io/files.h"
#include "timing.h"
#include "workloads.h"

namespace bench {

void bench_reading(std::size_t loans, const std::string& tape, const Options& options) {
  using namespace spillway;
  const std::filesystem::path file = options.folder / ("tape-" + std::to_string(loans) + ".csv");
  write_file(file, tape);
  const auto read = [&] { return read_tape(*io::read_file(file)).size(); };
  require_agreement("W6 loans", static_cast<double>(loans), static_cast<double>(read()), 0);
  time_in_turn({"W6", loans, static_cast<double>(tape.size())}, {{"ours", [&] { use(static_cast<double>(read())); }}},
               options.rounds);
}

}  // namespace bench
