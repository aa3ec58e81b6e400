#pragma once
// What is thrown at each reader: any text whatever, which may give issues but no crash, exception or endless loop.

#include <string>

namespace fuzz {

void read_deal(const std::string& text);       ///< a deal file, resolved too
void read_scenarios(const std::string& text);  ///< a scenarios file of the example deal
void read_formula(const std::string& text);    ///< a formula, compiled too, and evaluated if it is good
void read_tape(const std::string& text);       ///< a tape, made into a pool too
void read_book(const std::string& text);       ///< a book, the record of what one was made from, a CSV table
void read_csv(const std::string& text);        ///< curves, quotes and swaps
void profile_tape(const std::string& text);    ///< a tape as written, profiled too

}  // namespace fuzz
