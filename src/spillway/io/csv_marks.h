#pragma once
// The characters that matter to a CSV reader, found 64 at a time. Private to the CSV reader.

#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace spillway::io {

/// How many characters `csv_marks` looks at.
inline constexpr std::size_t csv_block = 64;

#ifdef __SSE2__

/// Bit i is set where character i of the block is a comma, a line feed or a double quote.
inline std::uint64_t csv_marks(const char* block) {
  const __m128i comma = _mm_set1_epi8(','), line_feed = _mm_set1_epi8('\n'), quote = _mm_set1_epi8('"');
  std::uint64_t marks = 0;
  for (std::size_t part = 0; part < csv_block; part += 16) {
    const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + part));
    const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(text, comma), _mm_cmpeq_epi8(text, line_feed)),
                                       _mm_cmpeq_epi8(text, quote));
    marks |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << part;
  }
  return marks;
}

#else

/// Bit i is set where character i of the block is a comma, a line feed or a double quote.
inline std::uint64_t csv_marks(const char* block) {
  std::uint64_t marks = 0;
  for (std::size_t i = 0; i < csv_block; ++i) {
    const bool found = block[i] == ',' || block[i] == '\n' || block[i] == '"';
    marks |= static_cast<std::uint64_t>(found) << i;
  }
  return marks;
}

#endif

/// The same for a block that the text ends in, after `size` characters.
inline std::uint64_t csv_marks_of_end(const char* block, std::size_t size) {
  char padded[csv_block] = {};
  if (size > 0) std::memcpy(padded, block, size);
  return csv_marks(padded);
}

}  // namespace spillway::io
