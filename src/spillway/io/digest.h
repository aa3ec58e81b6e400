#pragma once
// Digests of files, to tell whether they changed. Private to io.

#include <string>
#include <string_view>

namespace spillway::io {

/// SHA-256 of the bytes, 64 hexadecimal digits. FIPS 180-4.
std::string sha256(std::string_view bytes);

}  // namespace spillway::io
