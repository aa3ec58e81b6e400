# The pages against the project: links, and every name, key and option documented.
add_test(NAME "docs: every link resolves, and every name, key and option is documented"
  COMMAND /usr/bin/python3 ${PROJECT_SOURCE_DIR}/tests/docs/check_docs.py ${PROJECT_SOURCE_DIR})
