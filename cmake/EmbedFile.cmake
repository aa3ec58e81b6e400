# Writes OUT: a C++ source that holds the text of IN as spillway::embedded::VARIABLE.
# One raw string literal: hex digits turned into a byte per token take seconds where this takes a blink.
file(READ ${IN} text)
string(FIND "${text}" ")embedded~\"" delimiter)
if(NOT delimiter EQUAL -1)
  message(FATAL_ERROR "${IN} holds the raw string delimiter of EmbedFile.cmake; choose another")
endif()
file(WRITE ${OUT} "namespace spillway::embedded {\n"
  "extern const char ${VARIABLE}[];\nextern const unsigned long ${VARIABLE}_size;\n"
  "const char ${VARIABLE}[] = R\"embedded~(${text})embedded~\";\n"
  "const unsigned long ${VARIABLE}_size = sizeof(${VARIABLE}) - 1;\n}\n")
