# Tests of finished books with the programs that people open them in. The packages they need: scripts/packages.sh.
if(NOT SPILLWAY_FULL_TESTS)
  return()
endif()
set(books ${CMAKE_CURRENT_BINARY_DIR}/books)

# Every example's book in every format, once, for all the tests below.
spillway_python_test(books full/make_books.py $<TARGET_FILE:spillway_cli> ${PROJECT_SOURCE_DIR}/examples ${books})
set_tests_properties(books PROPERTIES FIXTURES_SETUP books)

# spillway_book_test(name script): a python test of the books; it finds the command and the books in its environment.
function(spillway_book_test name script)
  spillway_python_test(${name} ${script} -v)
  set_tests_properties(${name} PROPERTIES TIMEOUT 900 FIXTURES_REQUIRED books ENVIRONMENT
    "SPILLWAY_COMMAND=$<TARGET_FILE:spillway_cli>;SPILLWAY_SOURCE_DIR=${PROJECT_SOURCE_DIR};SPILLWAY_BOOKS=${books}")
endfunction()

spillway_book_test(book_accessibility browser/accessibility_test.py)
spillway_book_test(book_pdf pdf/book_pdf_test.py)
spillway_book_test(book_page browser/book_page_test.py)
spillway_book_test(book_screens browser/book_screens_test.py)
spillway_book_test(book_formats formats/same_figures_test.py)
# A deal with every kind of sheet, and small ones that a spreadsheet program computes again.
spillway_python_test(book_workbook workbook/book_workbook_test.py ${PROJECT_SOURCE_DIR} $<TARGET_FILE:spillway_cli>
  impac-2003-12 auto-reserve pac-support)
set_tests_properties(book_workbook PROPERTIES TIMEOUT 900)
