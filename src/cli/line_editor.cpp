#include "cli/line_editor.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "cli/edit_library.hpp"
#include "cli/statements.hpp"

namespace fleetmeter::cli {

namespace {

constexpr int kHistorySize = 1000;

/// What all begin with, as long as it is.
std::string common_begin(const std::vector<std::string>& words) {
  std::string begin = words.front();
  for (const std::string& word : words) {
    const auto differ = std::mismatch(begin.begin(), begin.end(), word.begin(), word.end());
    begin.erase(differ.first, begin.end());
  }
  return begin;
}

std::size_t length_of_last_word(const std::string& line) {
  const auto begin = std::find_if_not(line.rbegin(), line.rend(), is_word_sign);
  return static_cast<std::size_t>(begin - line.rbegin());
}

void list(const std::vector<std::string>& words) {
  std::cout << '\n';
  for (const std::string& word : words) {
    std::cout << word << "  ";
  }
  std::cout << '\n' << std::flush;
}

}  // namespace

/// The part that needs libedit.
class LineEditor::Editor {
 public:
  Editor(const EditLibrary& library, std::string history_file, Completer complete)
      : library_(library),
        history_file_(std::move(history_file)),
        complete_(std::move(complete)),
        history_(library.history_init()),
        editor_(library.el_init("fleetmeter", stdin, stdout, stderr)) {
    // libedit reads UTF-8 where the locale says so. Nothing that is printed depends on it.
    std::setlocale(LC_CTYPE, "C.UTF-8");
    HistEvent event{};
    library_.history(history_, &event, H_SETSIZE, kHistorySize);
    library_.history(history_, &event, H_SETUNIQUE, 1);
    if (!history_file_.empty()) {
      library_.history(history_, &event, H_LOAD, history_file_.c_str());
    }
    library_.el_set(editor_, EL_CLIENTDATA, this);
    library_.el_set(editor_, EL_PROMPT, show_prompt);
    library_.el_set(editor_, EL_EDITOR, "emacs");
    library_.el_set(editor_, EL_HIST, library_.history, history_);
    library_.el_set(editor_, EL_ADDFN, "fleetmeter-complete", "Complete a word", on_tab);
    library_.el_set(editor_, EL_BIND, "^I", "fleetmeter-complete", nullptr);
    library_.el_set(editor_, EL_ADDFN, "fleetmeter-cancel", "Cancel the statement", on_cancel);
    library_.el_set(editor_, EL_BIND, "^C", "fleetmeter-cancel", nullptr);
    // Whatever ends the program gives the terminal back first; a new size of it is noticed.
    library_.el_set(editor_, EL_SIGNAL, 1);
    // Ctrl-C is a key here, and no signal.
    library_.el_set(editor_, EL_SETTY, "-d", "-isig", nullptr);
  }
  ~Editor() {
    library_.el_end(editor_);
    library_.history_end(history_);
  }
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  std::optional<Line> read(const std::string& prompt) {
    prompt_ = prompt;
    is_cancelled_ = false;
    int length = 0;
    // libedit would show the prompt first, and what is typed at once would be a signal or a line.
    library_.el_set(editor_, EL_PREP_TERM, 1);
    const char* const text = library_.el_gets(editor_, &length);
    if (is_cancelled_) {
      return Line{"", true};
    }
    if (text == nullptr || length <= 0) {
      return std::nullopt;
    }
    Line line{std::string(text, static_cast<std::size_t>(length)), false};
    line.text.erase(line.text.find_last_not_of("\r\n") + 1);
    return line;
  }

  void remember(const std::string& text) {
    HistEvent event{};
    library_.history(history_, &event, H_ENTER, text.c_str());
    if (!history_file_.empty()) {
      const mode_t before = umask(077);
      library_.history(history_, &event, H_SAVE, history_file_.c_str());
      umask(before);
    }
  }

 private:
  /// The editor behind a callback of libedit.
  static Editor& of(EditLine* line) {
    void* data = nullptr;
    EditLibrary::get()->el_get(line, EL_CLIENTDATA, &data);
    return *static_cast<Editor*>(data);
  }

  static char* show_prompt(EditLine* line) { return of(line).prompt_.data(); }

  static unsigned char on_cancel(EditLine* line, int /*key*/) {
    of(line).is_cancelled_ = true;
    std::cout << "^C\n" << std::flush;
    return CC_NEWLINE;
  }

  /// No exception may pass through libedit, which is C.
  static unsigned char on_tab(EditLine* line, int /*key*/) {
    try {
      return of(line).complete_word();
    } catch (const std::exception&) {
      return CC_ERROR;  // the store cannot be asked for names; whoever runs the statement is told
    }
  }

  unsigned char complete_word() {
    const LineInfo* const info = library_.el_line(editor_);
    const std::string line(info->buffer, info->cursor);
    const std::vector<std::string> words = complete_(line);
    if (words.empty()) {
      return CC_ERROR;
    }
    const std::size_t typed = length_of_last_word(line);
    const std::string begin = common_begin(words) + (words.size() == 1 ? " " : "");
    if (begin.size() > typed) {
      library_.el_deletestr(editor_, static_cast<int>(typed));  // its case may differ
      library_.el_insertstr(editor_, begin.c_str());
      return CC_REFRESH;
    }
    list(words);
    return CC_REDISPLAY;
  }

  const EditLibrary& library_;
  std::string history_file_;
  Completer complete_;
  History* history_;
  EditLine* editor_;
  std::string prompt_;
  bool is_cancelled_ = false;
};

LineEditor::LineEditor(std::string history_file, Completer complete) {
  if (const EditLibrary* library = EditLibrary::get()) {
    editor_ = std::make_unique<Editor>(*library, std::move(history_file), std::move(complete));
  }
}

LineEditor::~LineEditor() = default;

std::optional<LineEditor::Line> LineEditor::read(const std::string& prompt) {
  if (editor_) {
    return editor_->read(prompt);
  }
  Line line;
  std::cout << prompt << std::flush;
  return std::getline(std::cin, line.text) ? std::optional(line) : std::nullopt;
}

void LineEditor::remember(const std::string& text) {
  if (editor_) {
    editor_->remember(text);
  }
}

std::string state_file(const std::string& name) {
  namespace fs = std::filesystem;
  const char* const state = std::getenv("XDG_STATE_HOME");
  const char* const home = std::getenv("HOME");
  fs::path folder;
  if (state != nullptr && *state == '/') {  // the specification: a relative path does not count
    folder = state;
  } else if (home != nullptr && *home == '/') {
    folder = fs::path(home) / ".local" / "state";
  } else {
    return "";
  }
  folder /= "fleetmeter";
  std::error_code failure;
  fs::create_directories(folder, failure);
  return failure ? "" : (folder / name).string();
}

}  // namespace fleetmeter::cli
