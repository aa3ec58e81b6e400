// The entry libFuzzer asks for: FUZZ_TARGET is one of targets.h.
#include <cstddef>
#include <cstdint>

#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::FUZZ_TARGET(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
