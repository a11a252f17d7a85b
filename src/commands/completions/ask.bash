
# The function above knows words only. It takes the `=` of `--color=auto` for a word of its own, as bash does, and what it
# does not know it leaves to bash, which offers files. So bash calls this one, which asks it for the words.
_dhub_complete() {
    local IFS=$' \t\n' line="${COMP_LINE:0:COMP_POINT}" cur="$2" prefix="" option="" rest="" word i
    local -a words before
    read -r -d '' -a words <<<"${line}"
    [[ "${line}" == *[[:space:]] ]] && words+=("")
    local last=$((${#words[@]} - 1))
    COMPREPLY=()

    # The words that are no options, and the option whose value comes next.
    for ((i = 1; i < last; i++)); do
        word="${words[i]}"
        if [[ -n "${option}" ]]; then
            option=""
        elif [[ -n "${rest}" || "${word}" != -* ]]; then
            before+=("${word}")
        elif [[ "${word}" == -- ]]; then
            rest="${word}"
        else
            case "${word}" in
                {with_value}) option="${word}" ;;
            esac
        fi
    done

    # An option with its value in one word.
    word="${words[last]}"
    if [[ -z "${option}${rest}" && "${word}" == --*=* ]]; then
        option="${word%%=*}"
        [[ "${cur}" == --* ]] && prefix="${option}="
    elif [[ -z "${option}${rest}" && "${word}" == -[!-]?* ]]; then
        option="${word:0:2}"
        prefix="${option}"
    fi
    cur="${cur#"${prefix}"}"

    case "${before[*]}" in
{program_arguments}
    esac
    case "${option}" in
        "") ;;
{option_values}
        *) return ;;
    esac
    if [[ "${word}" != -* || -n "${rest}" ]]; then
        case "${before[*]}" in
{places}
        esac
    fi
    _dhub_words
}

# Offers words; options only once the dash is typed.
_dhub_words() {
    local -a COMP_WORDS=(dhub "${before[@]}" ${option:+"${option}"} "${cur}") found
    local COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _dhub dhub "${cur}" "${option}"
    found=("${COMPREPLY[@]}")
    COMPREPLY=()
    for word in "${found[@]}"; do
        [[ "${word}" == -* && ("${cur}" != -* || -n "${rest}") ]] || COMPREPLY+=("${prefix}${word}")
    done
}

# Offers files (-f), folders (-d) or programs (-c).
_dhub_paths() {
    while IFS= read -r word; do
        [[ -n "${word}" ]] && COMPREPLY+=("${prefix}${word}")
    done <<<"$(compgen "$1" -- "${cur}")"
    [[ "${BASH_VERSINFO[0]}" -ge 4 ]] && compopt -o filenames
}

# Without `-o default`: it would offer files.
if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -o nosort -F _dhub_complete dhub
else
    complete -F _dhub_complete dhub
fi
