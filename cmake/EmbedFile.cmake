# Writes OUT: a C++ source that holds the bytes of IN as spillway::embedded::VARIABLE.
# One string literal of hex escapes, a line per 64 bytes: any byte is safe in it, and compilers read it far faster than
# an array of characters.
file(READ ${IN} hex HEX)
string(REPEAT ".." 64 line)
string(REGEX REPLACE "(${line})" "\\1\n" lines "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" lines "${lines}")
string(REPLACE "\n" "\"\n\"" lines "${lines}")
file(WRITE ${OUT} "namespace spillway::embedded {\n"
  "extern const char ${VARIABLE}[];\nextern const unsigned long ${VARIABLE}_size;\n"
  "const char ${VARIABLE}[] =\n\"${lines}\";\n"
  "const unsigned long ${VARIABLE}_size = sizeof(${VARIABLE}) - 1;\n}\n")
