#include "man_page.h"

#include <algorithm>
#include <cctype>
#include <regex>
#include <sstream>
#include <utility>

namespace spillway::embedded {
extern const char command_page[];
}

namespace spillway::cli {

namespace {

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// A text that roff prints as it stands.
std::string plain(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else out += c;
  }
  // A line that starts with one of these would be a request.
  if (!out.empty() && (out.front() == '.' || out.front() == '\'')) out.insert(0, "\\&");
  return out;
}

// A paragraph of Markdown: code becomes bold, links their words.
std::string paragraph(const std::string& markdown) {
  static const std::regex link(R"(\[([^\]]*)\]\([^)]*\))");
  const std::string text = std::regex_replace(markdown, link, "$1");
  std::string out;
  bool bold = false;
  std::string part;
  for (char c : text + "`") {
    if (c != '`') {
      part += c;
      continue;
    }
    out += bold ? "\\fB" + plain(part) + "\\fR" : plain(part);
    bold = !bold;
    part.clear();
  }
  return out + "\n";
}

std::string example(const std::string& lines) { return ".PP\n.RS 4\n.nf\n" + lines + ".fi\n.RE\n"; }

// The part of docs/command.md below a heading, as roff: paragraphs and examples. Its tables are of options, which the parser has.
struct DocumentPart {
  std::string description, examples;
};

DocumentPart document_part(const std::string& heading) {
  DocumentPart made;
  std::istringstream page{std::string(embedded::command_page)};
  std::string line, text, code;
  bool here = false, in_code = false;
  const auto end_paragraph = [&] {
    const bool item = text.starts_with("- ");
    if (item) made.description += ".IP \\(bu 2\n" + paragraph(text.substr(2));
    else if (!text.empty()) made.description += (made.description.empty() ? "" : ".PP\n") + paragraph(text);
    text.clear();
  };
  while (std::getline(page, line)) {
    const bool fence = line.starts_with("```");
    if (!in_code && (line.starts_with("## ") || line.starts_with("# "))) {
      end_paragraph();
      here = line == heading;
    } else if (here && fence) {
      end_paragraph();
      if (in_code) made.examples += example(std::exchange(code, {}));
    } else if (here && in_code) {
      code += plain(line) + "\n";
    } else if (here && line.starts_with("### ")) {
      end_paragraph();
      made.description += ".SS " + plain(line.substr(4)) + "\n";
    } else if (here && (line.empty() || line.starts_with("|"))) {
      end_paragraph();
    } else if (here) {
      if (line.starts_with("- ")) end_paragraph();
      text += (text.empty() ? "" : " ") + line;
    }
    if (fence) in_code = !in_code;
  }
  end_paragraph();
  return made;
}

std::string option_line(const OptionText& option) {
  std::string line;
  for (const std::string& name : option.names) {
    line += (line.empty() ? "" : ", ") + ("\\fB" + plain(option.positional ? upper(name) : name) + "\\fR");
  }
  if (!option.positional && option.takes_value) line += " \\fI" + placeholder(option) + "\\fR";
  return line;
}

std::string option_entry(const OptionText& option) {
  std::string text = ".TP\n" + option_line(option) + "\n" + plain(option.what) + ".";
  if (!option.choices.empty()) {
    std::string words;
    for (const std::string& choice : option.choices) words += (words.empty() ? "" : ", ") + choice;
    text += "\nOne of: " + plain(words) + ".";
  }
  if (option.takes_list) text += "\nSeveral are joined by commas.";
  if (option.repeats) text += "\nIt may be given several times.";
  if (option.required) text += "\nRequired.";
  else if (!option.by_default.empty()) text += "\nDefault: " + plain(option.by_default) + ".";
  return text + "\n";
}

std::string head(const std::string& name, const std::string& what) {
  return ".TH \"" + upper(plain(name)) + "\" \"1\" \"\" \"" + plain(SPILLWAY_VERSION) + "\" \"Spillway\"\n.SH NAME\n" + plain(name) +
         " \\- " + plain(what) + "\n";
}

std::string exit_status() {
  return ".SH EXIT STATUS\n.TP\n\\fB0\\fR\ndone\n.TP\n\\fB2\\fR\na problem with the input\n.TP\n\\fB3\\fR\na bug of ours\n";
}

}  // namespace

std::string main_page(const ProgramText& program) {
  std::string text = head("spillway", "a loan tape and a deal file in, computational materials out");
  text += ".SH SYNOPSIS\n\\fBspillway\\fR \\fICOMMAND\\fR ...\n.SH DESCRIPTION\n" + paragraph(program.what) + ".PP\n" +
          document_part("# The command").description;
  text += ".SH COMMANDS\n";
  for (const CommandText& command : program.commands) {
    text += ".TP\n\\fB" + command.name + "\\fR\n" + plain(command.what) + ".\n";
  }
  text += ".SH OPTIONS\n";
  for (const OptionText& option : program.options) text += option_entry(option);
  text += exit_status() + ".SH SEE ALSO\n";
  for (std::size_t i = 0; i < program.commands.size(); ++i) {
    text += ".BR spillway\\-" + program.commands[i].name + " (1)" + (i + 1 < program.commands.size() ? "," : "") + "\n";
  }
  return text;
}

std::string command_page(const CommandText& command) {
  std::string text = head("spillway-" + command.name, command.what);
  text += ".SH SYNOPSIS\n\\fBspillway " + command.name + "\\fR";
  for (const OptionText& option : command.options) {
    if (!option.positional) continue;
    const std::string word = "\\fI" + upper(option.names.front()) + "\\fR";
    text += option.required ? " " + word : " [" + word + "]";
  }
  text += " [\\fIOPTIONS\\fR]\n";
  const DocumentPart part = document_part("## spillway " + command.name);
  text += ".SH DESCRIPTION\n" + (part.description.empty() ? plain(command.what) + ".\n" : part.description) + ".SH OPTIONS\n";
  for (const OptionText& option : command.options) text += option_entry(option);
  text += ".SH EXAMPLES\n" + (part.examples.empty() ? example(plain(command.example) + "\n") : part.examples);
  return text + exit_status() + ".SH SEE ALSO\n.BR spillway (1)\n";
}

}  // namespace spillway::cli
