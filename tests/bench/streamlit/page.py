import streamlit as st

st.title("Thirty-one elements")
level = st.slider("Level", 0, 1_000_000, 0)
st.metric("Level now", level)
for turn in range(7):
    st.metric(f"Metric {turn}", turn * 1_000, delta=turn)
    st.text(f"Text {turn}: the quick brown fox jumps over the lazy dog.")
    st.checkbox(f"Checkbox {turn}")
    st.markdown(f"Markdown **{turn}** with `code` and a [link](https://example.com).")
