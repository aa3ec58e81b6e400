#pragma once
// What a book was made from, so that it can be told later whether its inputs are still the same.

#include <string>
#include <vector>

namespace spillway::book {

struct MadeFrom {
  struct File {
    std::string name;                 ///< path relative to the folder of the deal file
    std::string sha256;               ///< digest of its bytes, 64 hexadecimal digits
  };
  std::string version;                ///< of the command: "0.1.0"
  std::string deal;                   ///< path of the deal file, relative to the folder of the book
  std::vector<File> files;            ///< the deal file and every file it names that was read, by name
};

}  // namespace spillway::book
