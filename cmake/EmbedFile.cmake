# Writes OUT: a C++ source that holds the bytes of IN as spillway::embedded::VARIABLE.
file(READ ${IN} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
string(REGEX REPLACE "((....... ?){16})" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "namespace spillway::embedded {\n"
  "extern const char ${VARIABLE}[];\nextern const unsigned long ${VARIABLE}_size;\n"
  "const char ${VARIABLE}[] = {${bytes}'\\0'};\n"
  "const unsigned long ${VARIABLE}_size = sizeof(${VARIABLE}) - 1;\n}\n")
